package dev.weir.graph.job;

import dev.weir.store.Condition;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes many documents the ordinary way, in batches for each shard, a few at once. Confined to one
 * thread, which waits.
 */
final class DocumentWriter {

  private static final int BATCH = 500;
  private static final int AT_ONCE = 8;
  private static final Duration RETRY = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final JobHost host;
  private final BooleanSupplier stopped;
  private final Map<Integer, List<Operation.When>> waiting = new TreeMap<>();
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private long count;

  /** Something could not be written. */
  static final class NotWrittenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotWrittenException(String message) {
      super(message);
    }
  }

  /**
   * A writer.
   *
   * @param stopped whether nobody wants the documents any more
   */
  DocumentWriter(JobHost host, BooleanSupplier stopped) {
    this.host = host;
    this.stopped = stopped;
  }

  /**
   * Makes a change, soon.
   *
   * @throws NotWrittenException if this or an earlier one cannot be made
   */
  void change(Operation.Change change) {
    int shard = host.shards().shardOf(host.catalogue(), change);
    List<Operation.When> batch = waiting.computeIfAbsent(shard, none -> new ArrayList<>());
    batch.add(new Operation.When(new Condition.Always(), change));
    count++;
    if (batch.size() == BATCH) {
      waiting.remove(shard);
      send(new Operation.Batch(batch));
    }
  }

  /** Waits until everything is written, and answers how many changes were made. */
  long finish() {
    waiting.values().forEach(batch -> send(new Operation.Batch(batch)));
    waiting.clear();
    acquire(AT_ONCE);
    places.release(AT_ONCE);
    check();
    return count;
  }

  private void send(Operation operation) {
    acquire(1);
    check();
    var unused =
        attempt(operation, System.nanoTime() + PATIENCE.toNanos())
            .whenComplete(
                (done, thrown) -> {
                  if (thrown != null) {
                    failure.compareAndSet(null, thrown);
                  }
                  places.release();
                });
  }

  private void check() {
    Throwable thrown = failure.get();
    if (thrown != null) {
      Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
      throw new NotWrittenException("results could not be written: " + cause);
    }
    if (stopped.getAsBoolean()) {
      throw new NotWrittenException("nobody wants the results any more");
    }
  }

  private void acquire(int permits) {
    try {
      while (!places.tryAcquire(permits, 1, TimeUnit.SECONDS)) {
        check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotWrittenException("interrupted");
    }
  }

  private CompletableFuture<Void> attempt(Operation operation, long deadline) {
    return host.submit(operation)
        .thenCompose(
            outcome -> {
              if (outcome.filter(DocumentWriter::isDone).isPresent()) {
                return CompletableFuture.completedFuture(null);
              }
              if (outcome.isPresent() || System.nanoTime() > deadline || stopped.getAsBoolean()) {
                return CompletableFuture.failedFuture(new NotWrittenException(reason(outcome)));
              }
              Executor later =
                  CompletableFuture.delayedExecutor(RETRY.toMillis(), TimeUnit.MILLISECONDS);
              return CompletableFuture.completedFuture(operation)
                  .thenComposeAsync(again -> attempt(again, deadline), later);
            });
  }

  private static boolean isDone(Outcome outcome) {
    return outcome instanceof Outcome.Batched || outcome instanceof Outcome.Accepted;
  }

  private static String reason(Optional<Outcome> outcome) {
    return outcome.map(Outcome::toString).orElse("their shard cannot be written at present");
  }
}
