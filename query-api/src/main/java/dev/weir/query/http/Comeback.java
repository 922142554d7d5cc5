package dev.weir.query.http;

import java.util.concurrent.TimeUnit;

/**
 * When those who are turned away are to come back: one after the other, as fast as others leave. If
 * all of a crowd were told to come back at once, the server would do little but turn it away again.
 * Safe from any thread.
 */
final class Comeback {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** The least that anybody is told to wait, in nanoseconds: the line is full for a while. */
  static final long SHORTEST = SECOND;

  /** The most. */
  static final long LONGEST = 8 * SECOND;

  /** How many of those who left last the pace is taken from. */
  private static final int MEMORY = 64;

  private long pace; // nanoseconds from one who leaves to the next; under "this"
  private long lastLeft; // under "this"
  private boolean anyLeft; // under "this"
  private long lastTurn; // under "this"
  private boolean anyTurn; // under "this"

  /** One has left, and nobody is waiting: the time until the next one says nothing of the pace. */
  synchronized void idle() {
    anyLeft = false;
  }

  /** One has left, and another one came in. */
  synchronized void left(long now) {
    if (anyLeft) {
      long since = Math.min(SECOND, Math.max(0, now - lastLeft));
      pace += (since - pace) / MEMORY;
    }
    anyLeft = true;
    lastLeft = now;
  }

  /** After how many nanoseconds one who is turned away is to come back. */
  synchronized long turn(long now) {
    long ahead = anyTurn ? Math.max(SHORTEST, lastTurn - now) : SHORTEST;
    long wait = Math.min(LONGEST, ahead + pace);
    lastTurn = now + wait;
    anyTurn = true;
    return wait;
  }
}
