/** Puts the parts together: an algorithm, a graph, and the engine that runs it here. */
@NullMarked
package dev.weir.graph.worker;

import org.jspecify.annotations.NullMarked;
