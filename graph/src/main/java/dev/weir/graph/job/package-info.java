/** Algorithms over the graph that an application holds, on all of its nodes. */
@NullMarked
package dev.weir.graph.job;

import org.jspecify.annotations.NullMarked;
