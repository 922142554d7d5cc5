package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Asks for a job until it has ended. */
final class JobWait {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private JobWait() {}

  static JsonNode await(
      WeirClient client, String id, Duration atMost, Consumer<? super JsonNode> seen) {
    long begun = System.nanoTime();
    while (true) {
      JsonNode job = client.job(id);
      seen.accept(job);
      String state = job.path("state").asText();
      boolean ended = !state.equals("waiting") && !state.equals("running");
      if (ended
          || System.nanoTime() - begun > atMost.toNanos()
          || Thread.currentThread().isInterrupted()) {
        return job;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
