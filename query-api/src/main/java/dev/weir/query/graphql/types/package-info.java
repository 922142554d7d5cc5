/**
 * What a collection is in GraphQL: its names, the scalar of its keys, the types of its documents
 * and of what chooses and orders them; and values on their way between store and schema. Knows
 * nothing of requests.
 */
@NullMarked
package dev.weir.query.graphql.types;

import org.jspecify.annotations.NullMarked;
