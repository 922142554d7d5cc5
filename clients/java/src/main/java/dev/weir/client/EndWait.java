package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asks for something that takes long until it has ended. */
final class EndWait {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private EndWait() {}

  /**
   * Asks about five times a second.
   *
   * @param underWay values of {@code state} with which it has not ended
   * @param seen sees every answer
   * @return the last answer: it has ended, or the time is over, or the thread was interrupted
   */
  static JsonNode await(
      Supplier<JsonNode> ask,
      Set<String> underWay,
      Duration atMost,
      Consumer<? super JsonNode> seen) {
    long begun = System.nanoTime();
    while (true) {
      JsonNode now = ask.get();
      seen.accept(now);
      if (!underWay.contains(now.path("state").asText())
          || System.nanoTime() - begun > atMost.toNanos()
          || Thread.currentThread().isInterrupted()) {
        return now;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
