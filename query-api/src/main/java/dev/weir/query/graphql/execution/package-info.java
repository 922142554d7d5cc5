/**
 * From a request to its results: an engine for each revision of the catalogue has the document
 * prepared, refuses what costs too much, executes it once or for each event that is followed, and
 * says what became of it.
 */
@NullMarked
package dev.weir.query.graphql.execution;

import org.jspecify.annotations.NullMarked;
