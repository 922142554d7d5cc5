package dev.weir.store.snapshot;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Lets bytes through at a rate that may change at any time. Safe from any thread. */
public final class Throttle {
  private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final LongSupplier bytesPerSecond;
  private final Object lock = new Object();
  private long freeAt = System.nanoTime(); // under lock

  /**
   * A throttle.
   *
   * @param bytesPerSecond asked at every call; 0 or less = no limit
   */
  public Throttle(LongSupplier bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** No limit. */
  public static Throttle none() {
    return new Throttle(() -> 0);
  }

  /** Waits until so many bytes may pass; less if the thread is interrupted. */
  public void pass(int bytes) {
    long rate = bytesPerSecond.getAsLong();
    if (rate <= 0) {
      return;
    }
    long wait;
    synchronized (lock) {
      long now = System.nanoTime();
      freeAt = Math.max(freeAt, now - BURST_NANOS);
      freeAt += (long) (bytes * 1e9 / rate);
      wait = freeAt - now;
    }
    long until = System.nanoTime() + wait;
    for (long left = wait; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }
}
