/** Locate the shards, answer here or one hop away, merge: one function for every kind of query. */
@NullMarked
package dev.weir.query.routing;

import org.jspecify.annotations.NullMarked;
