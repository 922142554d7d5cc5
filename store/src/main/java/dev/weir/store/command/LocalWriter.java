package dev.weir.store.command;

import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.Refusal;
import dev.weir.store.Role;
import dev.weir.store.ShardWriter;
import dev.weir.store.Version;
import dev.weir.store.WriteResult;
import dev.weir.store.log.LogAppender;
import dev.weir.store.log.NotAppendedException;
import dev.weir.store.routing.Ownership;
import dev.weir.store.write.LogRecord;
import dev.weir.store.write.LogRecord.CommandId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Appends commands for the shards that are active here and answers with what their fold decided. No
 * fencing is needed: a node that wrongly believes it owns a shard appends one more entry to the
 * total order, and cannot acknowledge it without having folded it.
 */
public final class LocalWriter implements ShardWriter {
  private final Ownership ownership;
  private final LogAppender log;
  private final PendingCommands pending;
  private final SchemaCheck schemas;
  private final Turns turns;
  private final Settings settings;
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicInteger appending = new AtomicInteger();

  /**
   * How a writer works.
   *
   * @param start position of an empty state of this log
   * @param session random number of this start of the node
   * @param maxPending commands that may wait at once; more are refused
   * @param timeout how long a command may take from the append to its fold
   * @param clock gives the timestamps of commands
   */
  public record Settings(
      Position start, long session, int maxPending, Duration timeout, Clock clock) {}

  /** Writes to {@code log} what {@code ownership} says is active here. */
  public LocalWriter(
      Ownership ownership,
      LogAppender log,
      PendingCommands pending,
      SchemaCheck schemas,
      Settings settings) {
    this.ownership = ownership;
    this.log = log;
    this.pending = pending;
    this.schemas = schemas;
    this.turns = new Turns(pending.completions());
    this.settings = settings;
  }

  @Override
  public CompletableFuture<WriteResult> submit(int shard, Operation operation) {
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    Optional<Operation.Change> turn = schemas.needsTurn(shard, operation);
    if (turn.isEmpty()) {
      return submit(shard, operation, deadline);
    }
    return turns.size() >= settings.maxPending()
        ? refuse(new Refusal.Overloaded("patches waiting for their turn"))
        : turns.take(turn.get(), () -> submit(shard, operation, deadline));
  }

  private CompletableFuture<WriteResult> submit(int shard, Operation operation, long deadline) {
    if (System.nanoTime() - deadline >= 0) {
      return refuse(new Refusal.Overloaded("changes of the document that is to be patched"));
    }
    return decided(shard, operation)
        .thenCompose(
            result -> {
              boolean superseded =
                  result instanceof WriteResult.Decided decided
                      && decided.outcome() instanceof Outcome.Superseded;
              return superseded
                  ? submit(shard, operation, deadline)
                  : CompletableFuture.completedFuture(result);
            });
  }

  @Override
  public CompletableFuture<WriteResult> append(int shard, Operation operation) {
    Optional<Refusal> refusal = refusal(shard);
    if (refusal.isPresent()) {
      return refuse(refusal.get());
    }
    Operation checked = schemas.checked(shard, operation);
    CommandId id = new CommandId(settings.session(), numbers.incrementAndGet());
    appending.incrementAndGet();
    return log.append(shard, new LogRecord.Command(id, checked), settings.clock().millis())
        .handleAsync(
            (offset, failure) -> {
              appending.decrementAndGet();
              return failure == null
                  ? accepted(shard, offset)
                  : new WriteResult.Refused(refusal(failure));
            },
            pending.completions())
        .completeOnTimeout(
            new WriteResult.Refused(
                new Refusal.LogUnavailable("not in the log within " + settings.timeout())),
            settings.timeout().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private WriteResult accepted(int shard, long offset) {
    Position start = settings.start();
    return new WriteResult.Decided(
        new Outcome.Accepted(new Version(start.generation(), offset)),
        shard,
        new Position(start.logId(), start.generation(), offset, -1));
  }

  /** Why nothing can be appended to a shard here; empty = it can. */
  private Optional<Refusal> refusal(int shard) {
    Optional<String> stopped = ownership.stopReason(shard);
    if (stopped.isPresent()) {
      return Optional.of(new Refusal.Stopped(shard, stopped.get()));
    }
    if (ownership.role(shard) != Role.ACTIVE) {
      return Optional.of(new Refusal.NotOwner(shard));
    }
    if (!ownership.serving(shard)) {
      return Optional.of(
          new Refusal.Rebalancing(shard, "the shard is still catching up with its log"));
    }
    return pending.size() + appending.get() >= settings.maxPending()
        ? Optional.of(new Refusal.Overloaded("commands waiting for their fold"))
        : Optional.empty();
  }

  private CompletableFuture<WriteResult> decided(int shard, Operation operation) {
    Optional<Refusal> refusal = refusal(shard);
    if (refusal.isPresent()) {
      return refuse(refusal.get());
    }
    Operation checked = schemas.checked(shard, operation);
    CommandId id = new CommandId(settings.session(), numbers.incrementAndGet());
    PendingCommands.Pending command = pending.register(id, shard);
    if (ownership.role(shard) != Role.ACTIVE) {
      // Whoever waited when the shard left was told; this one may have come a moment later.
      command.fail(new Refusal.NotOwner(shard));
      return command.result();
    }
    CompletableFuture<Long> unused =
        log.append(shard, new LogRecord.Command(id, checked), settings.clock().millis())
            .whenComplete(
                (offset, failure) -> {
                  if (failure == null) {
                    command.appended(accepted(shard, offset));
                  } else {
                    command.fail(refusal(failure));
                  }
                });
    return command
        .result()
        .completeOnTimeout(
            new WriteResult.Refused(
                new Refusal.LogUnavailable(
                    "the write was not folded within " + settings.timeout())),
            settings.timeout().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static Refusal refusal(Throwable failure) {
    return failure instanceof NotAppendedException
        ? new Refusal.LogUnreachable("nothing was written: " + failure.getMessage())
        : new Refusal.LogUnavailable(failure.toString());
  }

  private static CompletableFuture<WriteResult> refuse(Refusal refusal) {
    return CompletableFuture.completedFuture(new WriteResult.Refused(refusal));
  }
}
