package dev.weir.query.http;

import java.util.concurrent.TimeUnit;

/**
 * When those who are turned away are to come back: one after the other, as fast as others leave. If
 * all of a crowd were told to come back at once, the server would do little but turn it away again.
 * Safe from any thread.
 */
final class Comeback {
  /** The most that anybody is told to wait, in seconds. */
  static final int LONGEST = 5;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** How many of those who left last the pace is taken from. */
  private static final int MEMORY = 64;

  private long pace; // nanoseconds from one who leaves to the next; under "this"
  private long lastLeft; // under "this"
  private boolean anyLeft; // under "this"
  private long lastTurn; // under "this"
  private boolean anyTurn; // under "this"

  /** One has left. */
  synchronized void left(long now) {
    if (anyLeft) {
      long since = Math.min(SECOND, Math.max(0, now - lastLeft));
      pace += (since - pace) / MEMORY;
    }
    anyLeft = true;
    lastLeft = now;
  }

  /** After how many seconds one who is turned away is to come back: 1 to {@link #LONGEST}. */
  synchronized int seconds(long now) {
    long ahead = anyTurn ? Math.max(0, lastTurn - now) : 0;
    long wait = Math.min(LONGEST * SECOND, ahead + pace);
    lastTurn = now + wait;
    anyTurn = true;
    return (int) Math.max(1, (wait + SECOND - 1) / SECOND);
  }
}
