package dev.weir.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaRaftServer;

/** Stops a broker within a given time; Kafka's own shutdown may wait for minutes. */
final class BoundedShutdown {

  private BoundedShutdown() {}

  static void run(KafkaRaftServer server, Duration timeout) {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    Thread stopper =
        new Thread(
            () -> {
              try {
                server.shutdown();
                server.awaitShutdown();
                stopped.complete(null);
              } catch (RuntimeException | Error e) {
                stopped.completeExceptionally(e);
              }
            },
            "weir-broker-stop");
    stopper.setDaemon(true);
    stopper.start();
    await(stopped, timeout);
  }

  private static void await(CompletableFuture<Void> stopped, Duration timeout) {
    try {
      stopped.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new EmbeddedKafkaException(
          "Kafka did not stop within "
              + timeout
              + ": end the process; the next start recovers the data",
          e);
    } catch (ExecutionException e) {
      throw new EmbeddedKafkaException(
          "Kafka failed while stopping (" + e.getCause() + "): the next start recovers the data",
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedKafkaException(
          "interrupted while Kafka was stopping: it goes on stopping in the background", e);
    }
  }
}
