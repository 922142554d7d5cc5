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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A writer that does not take what cannot be appended: while Kafka is away it refuses at once, and
 * the caller knows that nothing was written.
 */
public final class ReachableLog implements ShardWriter {
  private final ShardWriter writer;
  private final Ownership ownership;
  private final KafkaReach kafka;

  /** Writes with {@code writer} while {@code kafka} answers. */
  public ReachableLog(ShardWriter writer, Ownership ownership, KafkaReach kafka) {
    this.writer = writer;
    this.ownership = ownership;
    this.kafka = kafka;
  }

  @Override
  public CompletableFuture<WriteResult> submit(int shard, Operation operation) {
    Optional<Refusal> refusal = refusal(shard);
    return refusal.isEmpty() ? writer.submit(shard, operation) : refused(refusal.get());
  }

  @Override
  public CompletableFuture<WriteResult> append(int shard, Operation operation) {
    Optional<Refusal> refusal = refusal(shard);
    return refusal.isEmpty() ? writer.append(shard, operation) : refused(refusal.get());
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

  private static CompletableFuture<WriteResult> refused(Refusal refusal) {
    return CompletableFuture.completedFuture(new WriteResult.Refused(refusal));
  }
}
