package dev.weir.query.routing;

import dev.weir.query.ShardQuery;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.ShardReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads of this node's shards, of which even a broken one answers. */
final class LocalReads {
  private static final Logger LOG = LoggerFactory.getLogger(LocalReads.class);

  private LocalReads() {}

  static <R> ReadResult<R> read(ShardReader reader, ShardQuery<R> question) {
    try {
      return reader.read(question.shard(), question.query());
    } catch (RuntimeException e) {
      LOG.error("Reading shard {} failed", question.shard(), e);
      return new ReadResult.Refused<>(
          new Refusal.Stopped(question.shard(), "its state cannot be read; the log says why"));
    }
  }
}
