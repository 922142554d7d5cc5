package dev.weir.query.routing;

import java.time.Duration;

/** The clock and the alarm of the router. Safe from any thread. */
public interface RouterTime {

  /** Nanoseconds since some fixed moment. */
  long nanoTime();

  /** Runs something once, after a while; it is quick. */
  void after(Duration delay, Runnable action);
}
