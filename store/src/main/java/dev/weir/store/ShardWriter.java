package dev.weir.store;

import java.util.concurrent.CompletableFuture;

/** Appends operations to the logs of shards that are active on this node. Safe from any thread. */
public interface ShardWriter {

  /**
   * Appends an operation to a shard's log and waits for its fold.
   *
   * @return completes once the active has folded the record, or with a refusal; never exceptionally
   */
  CompletableFuture<WriteResult> submit(int shard, Operation operation);
}
