/** Whole nodes, as users run them. */
@NullMarked
package dev.weir.bench.node;

import org.jspecify.annotations.NullMarked;
