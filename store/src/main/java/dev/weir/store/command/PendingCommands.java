package dev.weir.store.command;

import dev.weir.store.Position;
import dev.weir.store.Refusal;
import dev.weir.store.WriteResult;
import dev.weir.store.write.FoldEffects.Decision;
import dev.weir.store.write.LogRecord.CommandId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The commands of this node that wait for their fold. Safe from any thread. */
public final class PendingCommands {
  private final Map<CommandId, Pending> waiting = new ConcurrentHashMap<>();
  private final Executor completions;

  private record Pending(int shard, CompletableFuture<WriteResult> result) {}

  /**
   * Nothing waits yet.
   *
   * @param completions runs what callers have attached to their futures, so that it never runs on a
   *     folding thread
   */
  public PendingCommands(Executor completions) {
    this.completions = completions;
  }

  /** Registers a command before it is sent. */
  CompletableFuture<WriteResult> register(CommandId id, int shard) {
    CompletableFuture<WriteResult> result = new CompletableFuture<>();
    waiting.put(id, new Pending(shard, result));
    CompletableFuture<WriteResult> unused =
        result.whenComplete((answer, failure) -> waiting.remove(id));
    return result;
  }

  /** Gives up waiting for a command. */
  void fail(CommandId id, Refusal refusal) {
    Pending pending = waiting.remove(id);
    if (pending != null) {
      pending.result.complete(new WriteResult.Refused(refusal));
    }
  }

  /** Answers those whose commands are applied now. */
  public void decided(int shard, Position position, List<Decision> decisions) {
    for (Decision decision : decisions) {
      Pending pending = waiting.remove(decision.id());
      if (pending != null) {
        WriteResult result = new WriteResult.Decided(decision.outcome(), shard, position);
        completions.execute(() -> pending.result.complete(result));
      }
    }
  }

  /** The shard left this node: what waits for it here will not be answered by its fold. */
  public void abandon(int shard) {
    waiting.forEach(
        (id, pending) -> {
          if (pending.shard == shard) {
            fail(
                id,
                new Refusal.LogUnavailable(
                    "shard "
                        + shard
                        + " moved while the write was on its way: read to see whether"
                        + " it was applied"));
          }
        });
  }

  /** Runs what callers have attached to their futures. */
  Executor completions() {
    return completions;
  }

  /** How many commands wait. */
  public int size() {
    return waiting.size();
  }
}
