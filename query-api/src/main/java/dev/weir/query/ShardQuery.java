package dev.weir.query;

import dev.weir.store.Demand;
import dev.weir.store.Query;

/**
 * What one shard is asked.
 *
 * @param <R> what it answers
 * @param shard number of the shard
 * @param query the part of the whole query that concerns it
 * @param demand what the replica must meet before it answers
 */
public record ShardQuery<R>(int shard, Query<R> query, Demand demand) {

  /** A question to whatever is applied at the shard's active. */
  public ShardQuery(int shard, Query<R> query) {
    this(shard, query, Demand.ACTIVE);
  }

  /** The same question with another demand. */
  public ShardQuery<R> demanding(Demand other) {
    return new ShardQuery<>(shard, query, other);
  }
}
