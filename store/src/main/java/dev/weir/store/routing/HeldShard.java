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
 * @param sending whether it has had something for other shards for a while that their logs lack:
 *     what they derive from it is incomplete; actives only
 */
public record HeldShard(
    int shard, Role role, boolean serving, long offset, int catalogueRevision, boolean sending) {

  /** One that has nothing for others. */
  public HeldShard(int shard, Role role, boolean serving, long offset, int catalogueRevision) {
    this(shard, role, serving, offset, catalogueRevision, false);
  }

  /** The same shard, sending or not. */
  public HeldShard sending(boolean itSends) {
    return new HeldShard(shard, role, serving, offset, catalogueRevision, itSends);
  }
}
