/** Weir itself, as the benchmarks use it. */
@NullMarked
package dev.weir.bench.weir;

import org.jspecify.annotations.NullMarked;
