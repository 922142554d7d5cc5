package dev.weir.query.routing;

import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.ShardReader;

/**
 * Shards that answer nothing.
 *
 * @param refusal what they say; null = they throw
 */
record Broken(Refusal refusal) implements ShardReader {
  @Override
  public <R> ReadResult<R> read(int shard, Query<R> query) {
    if (refusal == null) {
      throw new IllegalStateException("corruption");
    }
    return new ReadResult.Refused<>(refusal);
  }
}
