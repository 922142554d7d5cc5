package dev.weir.store;

/** Answers queries from the shards that are open on this node. Safe from any thread. */
public interface ShardReader {

  /**
   * Reads what one shard's replica here has applied, be it the active or a standby that is
   * complete; never blocks on other shards or nodes. A {@link ShardGate} decides whether that is
   * new enough.
   */
  <R> ReadResult<R> read(int shard, Query<R> query);
}
