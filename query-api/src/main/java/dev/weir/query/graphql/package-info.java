/**
 * GraphQL over the database: schema from the catalogue, execution, HTTP; alone knows its library.
 */
@NullMarked
package dev.weir.query.graphql;

import org.jspecify.annotations.NullMarked;
