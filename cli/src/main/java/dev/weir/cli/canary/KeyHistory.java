package dev.weir.cli.canary;

import java.util.ArrayDeque;
import java.util.Optional;

/**
 * What is known of one key, which has one writer that counts upwards: what a read may show follows
 * from numbers alone. Times are those of {@link System#nanoTime}, of the same process. Not
 * thread-safe.
 */
final class KeyHistory {

  /** A number that was in the log at a time. */
  private record Known(long number, long nanos) {}

  private final long boundNanos;
  private final ArrayDeque<Known> known = new ArrayDeque<>();
  private long attempted;
  private long highest;
  private long inSession;

  /**
   * A key that is not there.
   *
   * @param boundNanos how stale bounded reads may be
   */
  KeyHistory(long boundNanos) {
    this.boundNanos = boundNanos;
  }

  /** The number of the next write. */
  long attempt() {
    return ++attempted;
  }

  /** The highest number that must be in the log. */
  long floor() {
    return highest;
  }

  /** A write was acknowledged, to the session. */
  void acknowledged(long number, long now) {
    learn(number, now);
    inSession = Math.max(inSession, number);
  }

  private void learn(long number, long now) {
    if (number > highest) {
      highest = number;
      known.addLast(new Known(number, now));
    }
  }

  /**
   * Judges a read.
   *
   * @param number what it shows; 0 = nothing is there
   * @param began when it was sent
   * @param now when it was answered
   */
  Optional<Violation> read(Level level, long number, long began, long now) {
    Optional<Violation> violation = judge(level, number, began);
    // Whatever somebody shows is in the log, and no strong read may lack it from then on.
    if (number <= attempted) {
      learn(number, now);
    }
    if (level == Level.STRONG || level == Level.SESSION) {
      inSession = Math.max(inSession, number);
    }
    return violation;
  }

  private Optional<Violation> judge(Level level, long number, long began) {
    if (number > attempted) {
      return Optional.of(Violation.UNKNOWN_VALUE);
    }
    return switch (level) {
      case STRONG -> number < highest ? Optional.of(Violation.STALE_STRONG_READ) : Optional.empty();
      case SESSION ->
          number < inSession ? Optional.of(Violation.SESSION_WENT_BACK) : Optional.empty();
      case BOUNDED ->
          number < knownBefore(began - boundNanos)
              ? Optional.of(Violation.BOUND_EXCEEDED)
              : Optional.empty();
      case EVENTUAL -> Optional.empty();
    };
  }

  /** The highest number that was in the log at a time; what was before it is forgotten. */
  private long knownBefore(long nanos) {
    Known newest = null;
    while (!known.isEmpty() && known.getFirst().nanos() - nanos <= 0) {
      newest = known.removeFirst();
    }
    if (newest == null) {
      return 0;
    }
    known.addFirst(newest);
    return newest.number();
  }

  /**
   * How stale an answer was at least, in nanoseconds: for how long the first write that it lacks
   * had been known when it was sent; 0 = it lacked none, or only such that are forgotten.
   */
  long staleness(long number, long began) {
    for (Known each : known) {
      if (each.number() > number) {
        return Math.max(0, began - each.nanos());
      }
    }
    return 0;
  }

  /** A write is lost: goes on from what is there, so that it is told of once. */
  void lost(long number) {
    known.clear();
    highest = number;
    inSession = Math.min(inSession, number);
  }
}
