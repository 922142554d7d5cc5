package dev.weir.store;

import java.util.concurrent.CompletableFuture;

/** Appends operations to the logs of shards that are active on this node. Safe from any thread. */
public interface ShardWriter {

  /**
   * Appends an operation to a shard's log and waits for its fold.
   *
   * @return completes once the active has folded the record; with {@link Outcome.Accepted} if the
   *     shard moves before that and the log has the record, see {@link Query.Decision}; or with a
   *     refusal; never exceptionally
   */
  CompletableFuture<WriteResult> submit(int shard, Operation operation);

  /**
   * Appends an operation to a shard's log and waits for no more; a writer without a log of its own
   * may wait for the fold. A patch for a collection with a schema may be lost to a change that
   * comes before it in the log.
   *
   * @return completes with {@link Outcome.Accepted} once the log has it, or with a refusal; never
   *     exceptionally
   */
  default CompletableFuture<WriteResult> append(int shard, Operation operation) {
    return submit(shard, operation);
  }
}
