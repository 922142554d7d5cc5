package dev.weir.store.ingest;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Bounds what all sources of a node have sent and not seen acknowledged, so that the buffer they
 * share with API writes is never theirs alone. Thread-safe.
 */
final class InFlight {

  private static final long PAUSE_NANOS = 200_000;

  private final long maxRecords;
  private final long maxBytes;
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  InFlight(long maxRecords, long maxBytes) {
    this.maxRecords = maxRecords;
    this.maxBytes = maxBytes;
  }

  void take(int size) {
    records.incrementAndGet();
    bytes.addAndGet(size);
  }

  void give(int size) {
    records.decrementAndGet();
    bytes.addAndGet(-size);
  }

  /** Records sent and not acknowledged. */
  long records() {
    return records.get();
  }

  /**
   * Waits until another record may be sent; once full, until half of the room is free.
   *
   * @param giveUp asked while waiting
   * @return false if there was no room in time, or the caller gave up
   */
  boolean awaitRoom(Duration atMost, BooleanSupplier giveUp) {
    if (has(maxRecords, maxBytes)) {
      return true;
    }
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!has((maxRecords + 1) / 2, (maxBytes + 1) / 2)) {
      if (giveUp.getAsBoolean() || System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
    return true;
  }

  private boolean has(long recordRoom, long byteRoom) {
    return records.get() < recordRoom && bytes.get() < byteRoom;
  }
}
