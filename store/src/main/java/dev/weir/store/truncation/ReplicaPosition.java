package dev.weir.store.truncation;

import java.time.Instant;

/**
 * How far a replica of a shard had got when it was last heard of.
 *
 * @param node id of its node
 * @param offset of the last record in its state; -1 = none
 * @param active whether the node is the shard's active
 * @param seen when it said so
 */
public record ReplicaPosition(String node, long offset, boolean active, Instant seen) {}
