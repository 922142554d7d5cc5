package dev.weir.query.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells a line that stands from one that a burst or a pause of the process has left behind and that
 * goes away by itself: it stands once most of those who came through it within an interval waited
 * longer than the bound. Safe from any thread, without locks; of two threads that meet, one may be
 * counted in the neighbouring interval.
 */
final class StandingLine {
  private static final long INTERVAL_NANOS = 100_000_000;

  private final long bound;
  private final AtomicLong intervalEnd = new AtomicLong();
  private final AtomicInteger all = new AtomicInteger();
  private final AtomicInteger late = new AtomicInteger();
  private volatile boolean standing;

  /**
   * A line in which nobody stands.
   *
   * @param bound longest wait that is fine, in nanoseconds; positive
   */
  StandingLine(long bound) {
    this.bound = bound;
  }

  /**
   * Counts one that has come through the line.
   *
   * @param waited nanoseconds
   * @param now nanoseconds since some fixed moment
   * @return whether he is to be refused: the line stands, and he waited too long in it
   */
  boolean tooLong(long waited, long now) {
    long end = intervalEnd.get();
    if (now - end >= 0 && intervalEnd.compareAndSet(end, now + INTERVAL_NANOS)) {
      int came = all.getAndSet(0);
      int cameLate = late.getAndSet(0);
      standing = now - end < INTERVAL_NANOS && cameLate * 2 > came;
    }
    all.incrementAndGet();
    if (waited <= bound) {
      return false;
    }
    late.incrementAndGet();
    return standing;
  }
}
