/** The algorithms that Weir brings, one small class each. */
@NullMarked
package dev.weir.graph.algorithms;

import org.jspecify.annotations.NullMarked;
