/** Which nodes are there: pings, suspicions, and the eviction of the dead from the group. */
@NullMarked
package dev.weir.store.liveness;

import org.jspecify.annotations.NullMarked;
