package dev.weir.store.log;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody in behind one who has been inside for long: who would wait there would wait in vain,
 * and keep a thread that others need. One at a time is watched, so those who come while he goes in
 * may get stuck with him. Safe from any thread.
 */
final class Doorway {
  private static final Duration LONG = Duration.ofMillis(250);

  private final boolean watched;
  private final LongSupplier clock;
  private volatile @Nullable Inside inside;

  private record Inside(Thread thread, long since) {}

  /**
   * A doorway with nobody inside.
   *
   * @param watched false = everybody may enter
   * @param clock nanoseconds since some fixed moment
   */
  Doorway(boolean watched, LongSupplier clock) {
    this.watched = watched;
    this.clock = clock;
  }

  /** Whether the caller is inside now; then it has to leave. */
  boolean enter() {
    if (!watched) {
      return true;
    }
    Inside first = inside;
    if (first != null) {
      return clock.getAsLong() - first.since() <= LONG.toNanos();
    }
    inside = new Inside(Thread.currentThread(), clock.getAsLong());
    return true;
  }

  /** The caller has left. */
  void leave() {
    Inside first = inside;
    if (first != null && first.thread().equals(Thread.currentThread())) {
      inside = null;
    }
  }
}
