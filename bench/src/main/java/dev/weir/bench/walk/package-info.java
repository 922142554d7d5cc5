/** Walks over the graph, in one process and over nodes. */
@NullMarked
package dev.weir.bench.walk;

import org.jspecify.annotations.NullMarked;
