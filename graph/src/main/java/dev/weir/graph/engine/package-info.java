/** Runs a vertex program in supersteps: frames, the barrier, aggregates. */
@NullMarked
package dev.weir.graph.engine;

import org.jspecify.annotations.NullMarked;
