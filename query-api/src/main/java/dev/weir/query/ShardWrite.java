package dev.weir.query;

import dev.weir.store.Operation;
import dev.weir.store.ShardWriter;
import dev.weir.store.WriteResult;
import java.util.concurrent.CompletableFuture;

/**
 * An operation for one shard.
 *
 * @param shard number of the shard
 * @param operation what its log is to take
 * @param appendOnly whether it is answered as soon as the log has it, not when it is folded
 */
public record ShardWrite(int shard, Operation operation, boolean appendOnly) {

  /** Has a writer do it. */
  public CompletableFuture<WriteResult> by(ShardWriter writer) {
    return appendOnly ? writer.append(shard, operation) : writer.submit(shard, operation);
  }
}
