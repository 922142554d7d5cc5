package dev.weir.store.routing;

import dev.weir.store.Role;

/**
 * A shard as one node holds it.
 *
 * @param shard number of the shard
 * @param role what the node is for the shard
 * @param serving whether it is complete enough to answer
 * @param offset last folded offset, coarse: at most 10 s old
 * @param catalogueRevision revision of the definitions its state holds
 */
public record HeldShard(
    int shard, Role role, boolean serving, long offset, int catalogueRevision) {}
