/** How a query meets one local shard: registry of open shards, guard, evaluation. */
@NullMarked
package dev.weir.store.read;

import org.jspecify.annotations.NullMarked;
