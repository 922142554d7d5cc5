/** Other processes: brokers, nodes, load generators, and how much memory they hold. */
@NullMarked
package dev.weir.bench.process;

import org.jspecify.annotations.NullMarked;
