package dev.weir.store.read;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * A shard's view with the guard that keeps it open while somebody reads: closing RocksDB under a
 * reader would bring the process down.
 *
 * <p>Readers count themselves in one of several cells, chosen by thread, so that they do not
 * contend; closing first shuts the gate and then waits until all cells are empty.
 */
public final class OpenShard {
  private static final int STRIPES = 16;
  private static final int SPREAD = 32;
  private static final long PAUSE_NANOS = 20_000;

  private final ShardView view;
  private final AtomicIntegerArray readers = new AtomicIntegerArray((STRIPES + 1) * SPREAD);
  private volatile boolean closed;

  /** Opens the gate to a view. */
  public OpenShard(ShardView view) {
    this.view = view;
  }

  /** The view; only between a successful {@link #acquire} and {@link #release}. */
  public ShardView view() {
    return view;
  }

  /** Keeps the view open until {@link #release} on the same thread; false if it is closing. */
  boolean acquire() {
    int cell = cell();
    readers.incrementAndGet(cell);
    if (closed) {
      readers.decrementAndGet(cell);
      return false;
    }
    return true;
  }

  /** Whether somebody waits for the readers to leave; one that takes long should look. */
  boolean closing() {
    return closed;
  }

  /** Ends an {@link #acquire} of the same thread. */
  void release() {
    readers.decrementAndGet(cell());
  }

  /** Shuts the gate and waits for the readers inside; pages are bounded, so that is short. */
  void close() {
    closed = true;
    for (int stripe = 1; stripe <= STRIPES; stripe++) {
      while (readers.get(stripe * SPREAD) != 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static int cell() {
    return ((int) Thread.currentThread().getId() % STRIPES + 1) * SPREAD;
  }
}
