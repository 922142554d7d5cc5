/**
 * The fields of the schema: what they are called, take and cost ({@code …Schema}), and how they are
 * answered ({@code …Fields}). {@code SchemaBuilder} puts them together; at run time all of them
 * reach the database by the {@code RequestScope} of their request, which asks once for a whole
 * level of a document.
 */
@NullMarked
package dev.weir.query.graphql.fields;

import org.jspecify.annotations.NullMarked;
