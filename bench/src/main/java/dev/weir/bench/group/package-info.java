/** What a large consumer group says at a rebalance, and what routing costs beside it. */
@NullMarked
package dev.weir.bench.group;

import org.jspecify.annotations.NullMarked;
