package dev.weir.store.ingest;

import java.time.Duration;

/** Says when an interval has passed since it last said so; at first at once. One thread. */
final class Ticker {

  private final long intervalNanos;
  private long next = System.nanoTime();

  Ticker(Duration interval) {
    this.intervalNanos = interval.toNanos();
  }

  boolean isDue() {
    long now = System.nanoTime();
    if (now - next < 0) {
      return false;
    }
    next = now + intervalNanos;
    return true;
  }

  /** Makes it due at once. */
  void hurry() {
    next = System.nanoTime();
  }
}
