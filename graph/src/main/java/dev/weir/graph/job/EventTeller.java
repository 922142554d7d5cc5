package dev.weir.graph.job;

import dev.weir.graph.kafka.GraphWire;
import dev.weir.graph.kafka.RunKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Tells all nodes of events: one after the other, and never on the thread of somebody who must not
 * wait for Kafka. Safe from any thread.
 */
final class EventTeller implements AutoCloseable {

  private static final int RETRY_MILLIS = 500;

  private final GraphWire wire;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "weir-graph-telling");
            made.setDaemon(true);
            return made;
          });

  EventTeller(GraphWire wire) {
    this.wire = wire;
  }

  /** Completes when it is sure to be heard; fails if it may not be. */
  CompletableFuture<Void> once(RunKey key, JobEvent event) {
    CompletableFuture<Void> told = new CompletableFuture<>();
    try {
      thread.execute(
          () -> {
            var unused =
                wire.tell(key, event.write())
                    .whenComplete(
                        (none, failure) -> {
                          if (failure == null) {
                            told.complete(null);
                          } else {
                            told.completeExceptionally(failure);
                          }
                        });
          });
    } catch (RejectedExecutionException e) {
      told.completeExceptionally(e);
    }
    return told;
  }

  /** Tries until it is told. */
  void untilTold(RunKey key, JobEvent event) {
    var unused =
        once(key, event)
            .exceptionally(
                failure -> {
                  if (!thread.isShutdown()) {
                    CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS)
                        .execute(() -> untilTold(key, event));
                  }
                  return null;
                });
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
