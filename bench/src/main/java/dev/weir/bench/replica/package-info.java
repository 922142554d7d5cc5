/** Replicas of which one is slow: real calls between nodes, through a proxy that delays answers. */
@NullMarked
package dev.weir.bench.replica;

import org.jspecify.annotations.NullMarked;
