package dev.weir.query.http;

import dev.weir.store.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the line short in which requests wait for one of the server's threads. Gets of one document
 * that waited too long in it are refused. Who was refused and asks again for the same, on the same
 * connection and earlier than he was told, waits until then without a thread: otherwise a crowd of
 * such clients would have the server do nothing but refuse.
 */
final class Doorman {
  /** It may go on. */
  static final long PASS = 0;

  /** It is to be refused. */
  static final long REFUSE = -1;

  private final StandingLine line;
  private final Counter refused;
  private final Counter held;

  /**
   * A doorman.
   *
   * @param patience how long requests may wait for a thread
   */
  Doorman(Duration patience, MeterRegistry metrics) {
    line = new StandingLine(patience.toNanos());
    refused =
        Counter.builder("weir.http.door.refused")
            .description("Gets that were refused because too many requests waited for a thread")
            .register(metrics);
    held =
        Counter.builder("weir.http.door.held")
            .description("Requests that came back earlier than Retry-After said, and had to wait")
            .register(metrics);
  }

  /**
   * Looks at a request that a thread has begun with.
   *
   * @param now nanoseconds, by {@link System#nanoTime}
   * @return {@link #PASS}, {@link #REFUSE}, or for how many nanoseconds it is to be held
   */
  long look(@Nullable PeekingEndPoint connection, Route route, long now) {
    if (connection == null) {
      return PASS;
    }
    boolean tooLong = line.tooLong(connection.waited(now), now);
    long early = connection.early(route, now);
    if (early > 0) {
      held.increment();
      return early;
    }
    if (tooLong && route.spec().refusable()) {
      refused.increment();
      return REFUSE;
    }
    return PASS;
  }

  /** What those hear who are refused. */
  static Answer refusal(String path) {
    return Refusals.problem(new Refusal.Overloaded("requests at the door")).answer(path);
  }

  /** Takes note that the client of a request was told to come back after some seconds. */
  static void told(Request request, Route route, int seconds) {
    PeekingEndPoint connection = PeekingEndPoint.of(request);
    if (connection != null) {
      connection.refused(route, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
    }
  }
}
