package dev.weir.store;

/** Answers queries from the shards that are open on this node. Safe from any thread. */
public interface ShardReader {

  /** Reads one shard's applied state; never blocks on other shards or nodes. */
  <R> ReadResult<R> read(int shard, Query<R> query);
}
