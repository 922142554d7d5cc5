/**
 * From the text or name of a document to what may be executed: trusted and remembered documents,
 * parsing, limits on their shape, validation, and the plans of those that only get one document by
 * its key.
 */
@NullMarked
package dev.weir.query.graphql.documents;

import org.jspecify.annotations.NullMarked;
