/** The graph engine beside plain arrays and beside a graph library. */
@NullMarked
package dev.weir.bench.graph;

import org.jspecify.annotations.NullMarked;
