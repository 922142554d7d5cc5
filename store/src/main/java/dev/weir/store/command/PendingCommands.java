package dev.weir.store.command;

import dev.weir.store.Position;
import dev.weir.store.Refusal;
import dev.weir.store.WriteResult;
import dev.weir.store.read.RecentOutcomes;
import dev.weir.store.write.FoldEffects.Decision;
import dev.weir.store.write.LogRecord.CommandId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The commands of this node that wait for their fold. Safe from any thread. */
public final class PendingCommands {
  private final Map<CommandId, Pending> waiting = new ConcurrentHashMap<>();
  private final Executor completions;
  private final RecentOutcomes unclaimed;

  /**
   * Nothing waits yet.
   *
   * @param completions runs what callers have attached to their futures, so that it never runs on a
   *     folding thread
   * @param unclaimed gets what is decided about commands that nobody waits for here
   */
  public PendingCommands(Executor completions, RecentOutcomes unclaimed) {
    this.completions = completions;
    this.unclaimed = unclaimed;
  }

  /** A command from before it is sent until its caller has an answer. */
  final class Pending {
    private final int shard;
    private final CompletableFuture<WriteResult> result = new CompletableFuture<>();
    private @Nullable WriteResult appended; // under "this"
    private boolean moved; // under "this"

    private Pending(int shard) {
      this.shard = shard;
    }

    /** What the caller is told. */
    CompletableFuture<WriteResult> result() {
      return result;
    }

    /** Gives up waiting. */
    void fail(Refusal refusal) {
      result.complete(new WriteResult.Refused(refusal));
    }

    /**
     * The log has the command.
     *
     * @param accepted what to answer if the fold that decides it is not here any more
     */
    synchronized void appended(WriteResult accepted) {
      appended = accepted;
      answerIfMoved();
    }

    private synchronized void moved() {
      moved = true;
      answerIfMoved();
    }

    private void answerIfMoved() {
      WriteResult answer = appended;
      if (moved && answer != null) {
        completions.execute(() -> result.complete(answer));
      }
    }
  }

  /** Registers a command before it is sent. */
  Pending register(CommandId id, int shard) {
    Pending pending = new Pending(shard);
    waiting.put(id, pending);
    CompletableFuture<WriteResult> unused =
        pending.result.whenComplete((answer, failure) -> waiting.remove(id));
    return pending;
  }

  /** Commands were decided, and what they did can be read: answers those who wait. */
  public void decided(int shard, Position position, List<Decision> decisions) {
    for (Decision decision : decisions) {
      Pending pending = waiting.remove(decision.id());
      if (pending == null) {
        unclaimed.add(shard, decision.offset(), decision.outcome());
      } else {
        WriteResult result = new WriteResult.Decided(decision.outcome(), shard, position);
        completions.execute(() -> pending.result.complete(result));
      }
    }
  }

  /**
   * The node is no longer the shard's active: another one's fold decides what waits for it here.
   * Callers are told so as soon as the log has their commands.
   */
  public void moved(int shard) {
    for (Pending pending : waiting.values()) {
      if (pending.shard == shard) {
        pending.moved();
      }
    }
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
