package dev.weir.chaos.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions and for moments. */
public final class Waiting {

  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(50);

  private Waiting() {}

  /** Whether the condition came true in time; false too if this thread was interrupted. */
  public static boolean until(Duration patience, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > patience.toNanos()
          || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(STEP);
    }
    return true;
  }

  /** Lets time pass; ends early if this thread is interrupted. */
  public static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(Math.max(1, end - System.nanoTime()));
    }
  }
}
