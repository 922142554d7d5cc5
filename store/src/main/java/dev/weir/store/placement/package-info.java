/** Which node holds which copy of a shard: the rule, the plan, and what can be said about it. */
@NullMarked
package dev.weir.store.placement;

import org.jspecify.annotations.NullMarked;
