/** A graph in memory as arrays of numbers, divided into shards. */
@NullMarked
package dev.weir.graph.compact;

import org.jspecify.annotations.NullMarked;
