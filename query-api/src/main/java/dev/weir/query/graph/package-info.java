/** Walks over the graph, on the whole database. */
@NullMarked
package dev.weir.query.graph;

import org.jspecify.annotations.NullMarked;
