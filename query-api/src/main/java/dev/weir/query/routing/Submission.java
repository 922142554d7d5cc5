package dev.weir.query.routing;

import dev.weir.query.PeerReply;
import dev.weir.query.Peers;
import dev.weir.query.Result;
import dev.weir.query.ShardWrite;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Refusal;
import dev.weir.store.WriteResult;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One operation on its way to the shard's owner. It is sent again if it certainly was not appended,
 * or if it has an idempotency key, with which it takes effect once however often it is appended. If
 * the shard moves when it is in the log, those who hold the shard then are asked what was decided.
 * Otherwise the answer is that nobody knows.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is chained here does not throw
final class Submission {
  private final LocalShards local;
  private final TableSource tables;
  private final Peers peers;
  private final Attempts attempts;
  private final ShardWrite write;
  private volatile boolean maybeAppended; // written by the attempt that has just ended
  private final CompletableFuture<Result<Outcome>> result = new CompletableFuture<>();

  Submission(
      LocalShards local, TableSource tables, Peers peers, Attempts attempts, ShardWrite write) {
    this.local = local;
    this.tables = tables;
    this.peers = peers;
    this.attempts = attempts;
    this.write = write;
  }

  CompletableFuture<Result<Outcome>> result() {
    return result;
  }

  void attempt() {
    RoutingTable table = tables.table();
    NodeEntry owner = table.actives().get(write.shard());
    if (owner == null || owner.node().equals(local.node())) {
      submitHere(table.version());
      return;
    }
    CompletableFuture<PeerReply<WriteResult>> call =
        peers.submit(owner, write, mayRepeat() ? attempts.callTimeout() : attempts.timeLeft());
    call.whenComplete((reply, failure) -> take(owner.node(), reply, table.version()));
    whileThere(owner, call, table.version());
  }

  /** Ends the wait for a node that the others have given up. */
  private void whileThere(NodeEntry owner, CompletableFuture<?> call, long version) {
    if (call.isDone()) {
      return;
    }
    TableSource.Waiting waiting =
        tables.whenAbove(
            version,
            () -> {
              RoutingTable newer = tables.table();
              NodeEntry now = newer.nodes().get(owner.node());
              if (now == null || now.session() != owner.session()) {
                call.cancel(false);
              } else {
                whileThere(owner, call, newer.version());
              }
            });
    call.whenComplete((reply, failure) -> waiting.cancel());
  }

  private void submitHere(long usedVersion) {
    CompletableFuture<WriteResult> written;
    try {
      written = write.by(local.writer());
    } catch (RuntimeException e) {
      written = CompletableFuture.failedFuture(e);
    }
    written.whenComplete(
        (decided, failure) -> {
          if (decided == null) {
            unknown("this node failed: " + failure.getMessage(), usedVersion, -1);
          } else {
            take(local.node(), decided, usedVersion, -1);
          }
        });
  }

  private void take(String node, @Nullable PeerReply<WriteResult> reply, long usedVersion) {
    if (reply instanceof PeerReply.Answered<WriteResult> answered) {
      take(node, answered.value(), usedVersion, answered.routingVersion());
    } else if (reply instanceof PeerReply.Refused<WriteResult> refused) {
      refuse(refused.refusal());
    } else if (reply instanceof PeerReply.Unsent<WriteResult>) {
      again(new Refusal.Unreachable(write.shard(), node), usedVersion, -1);
    } else {
      String why = reply instanceof PeerReply.Lost<WriteResult> lost ? lost.why() : "no reply";
      unknown("node '" + node + "' was sent the write and did not answer: " + why, usedVersion, -1);
    }
  }

  private void take(String node, WriteResult written, long usedVersion, long seenVersion) {
    if (written instanceof WriteResult.Decided decided) {
      if (decided.outcome() instanceof Outcome.Accepted && !write.appendOnly()) {
        follow(decided.position().offset(), usedVersion, seenVersion);
        return;
      }
      Result.Source source = new Result.Source(decided.shard(), node, decided.position());
      result.complete(new Result.Success<>(decided.outcome(), List.of(source)));
      return;
    }
    Refusal refusal = ((WriteResult.Refused) written).refusal();
    if (Attempts.mayPass(refusal)) {
      again(refusal, usedVersion, seenVersion);
    } else if (refusal instanceof Refusal.LogUnavailable unknown) {
      unknown(unknown.detail(), usedVersion, seenVersion);
    } else {
      refuse(refusal);
    }
  }

  /** The log has it, and the shard left before it was folded. */
  private void follow(long offset, long usedVersion, long seenVersion) {
    new Aftermath(local, tables, peers, attempts, write.shard(), offset)
        .find()
        .thenAccept(
            found -> {
              if (found.isEmpty()) {
                unknown(
                    "the log has the write at offset "
                        + offset
                        + ", but its shard moved, and no replica could say what was decided",
                    usedVersion,
                    seenVersion);
              } else if (found.get().outcome() instanceof Outcome.Superseded) {
                again(
                    new Refusal.Overloaded("changes of the document that is to be patched"),
                    usedVersion,
                    seenVersion);
              } else {
                Aftermath.Known known = found.get();
                result.complete(new Result.Success<>(known.outcome(), List.of(known.source())));
              }
            });
  }

  /** Nobody knows whether the log has it, or what the fold made of it. */
  private void unknown(String why, long usedVersion, long seenVersion) {
    maybeAppended = true;
    if (mayRepeat()) {
      again(new Refusal.LogUnavailable(why), usedVersion, seenVersion);
    } else {
      refuse(new Refusal.LogUnavailable(why));
    }
  }

  private boolean mayRepeat() {
    return write.operation() instanceof Operation.Once;
  }

  private void again(Refusal refusal, long usedVersion, long seenVersion) {
    Optional<Refusal.LogUnreachable> silent = local.withoutLog(write.shard());
    if (silent.isPresent()) {
      refuse(new Refusal.LogUnreachable(silent.get().detail() + ": nothing was written"));
    } else if (attempts.over()) {
      refuse(Attempts.last(refusal));
    } else {
      attempts.retry(usedVersion, seenVersion, this::attempt);
    }
  }

  /** What was refused later says nothing about what may have been appended before. */
  private void refuse(Refusal refusal) {
    boolean unknown = maybeAppended && !(refusal instanceof Refusal.LogUnavailable);
    result.complete(
        new Result.Failure<>(
            unknown
                ? new Refusal.LogUnavailable(
                    "the write may be in the log, and was sent again in vain: " + refusal)
                : refusal));
  }
}
