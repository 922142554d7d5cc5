package dev.weir.store.command;

import dev.weir.store.Operation;
import dev.weir.store.Refusal;
import dev.weir.store.Role;
import dev.weir.store.ShardWriter;
import dev.weir.store.WriteResult;
import dev.weir.store.log.KafkaReach;
import dev.weir.store.routing.Ownership;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A writer that does not take what cannot be appended: while Kafka is away it refuses at once, and
 * the caller knows that nothing was written. What was under way when Kafka went is answered as soon
 * as that is known: whether it was written, nobody knows.
 */
public final class ReachableLog implements ShardWriter {
  private final ShardWriter writer;
  private final Ownership ownership;
  private final KafkaReach kafka;
  private final Executor completions;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, CompletableFuture<WriteResult>> underWay = new ConcurrentHashMap<>();

  /**
   * Writes with {@code writer} while {@code kafka} answers.
   *
   * @param completions runs what callers have attached to writes that Kafka does not answer
   */
  public ReachableLog(
      ShardWriter writer, Ownership ownership, KafkaReach kafka, Executor completions) {
    this.writer = writer;
    this.ownership = ownership;
    this.kafka = kafka;
    this.completions = completions;
    kafka.whileSilent(this::abandon);
  }

  @Override
  public CompletableFuture<WriteResult> submit(int shard, Operation operation) {
    Optional<Refusal> refusal = refusal(shard);
    return refusal.isEmpty()
        ? followed(writer.submit(shard, operation))
        : CompletableFuture.completedFuture(new WriteResult.Refused(refusal.get()));
  }

  @Override
  public CompletableFuture<WriteResult> append(int shard, Operation operation) {
    Optional<Refusal> refusal = refusal(shard);
    return refusal.isEmpty()
        ? followed(writer.append(shard, operation))
        : CompletableFuture.completedFuture(new WriteResult.Refused(refusal.get()));
  }

  private CompletableFuture<WriteResult> followed(CompletableFuture<WriteResult> write) {
    if (write.isDone()) {
      return write;
    }
    long number = numbers.incrementAndGet();
    underWay.put(number, write);
    CompletableFuture<WriteResult> unused =
        write.whenComplete((result, failure) -> underWay.remove(number));
    return write;
  }

  private void abandon() {
    for (CompletableFuture<WriteResult> write : underWay.values()) {
      try {
        completions.execute(() -> write.complete(unknown()));
      } catch (RejectedExecutionException e) {
        write.complete(unknown()); // the node is closing
      }
    }
  }

  private static WriteResult unknown() {
    return new WriteResult.Refused(
        new Refusal.LogUnavailable("Kafka went away while the write was on its way to the log"));
  }

  private Optional<Refusal> refusal(int shard) {
    // Who does not own the shard says so first: Kafka may be there for the owner.
    return ownership.role(shard) != Role.ACTIVE
        ? Optional.empty()
        : kafka.silence().map(ReachableLog::unreachable);
  }

  private static Refusal unreachable(Duration silence) {
    return new Refusal.LogUnreachable(
        String.format(
            Locale.ROOT,
            "Kafka has not answered for %d s: nothing was written",
            silence.toSeconds()));
  }
}
