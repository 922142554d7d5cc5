package dev.weir.chaos.load;

import dev.weir.chaos.Op;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Collects what all clients did; hands out values that are written once. Thread-safe. */
public final class Recorder {

  private final long origin = System.nanoTime();
  private final AtomicLong values = new AtomicLong();
  private final ConcurrentLinkedQueue<Op> ops = new ConcurrentLinkedQueue<>();

  /** Monotonic nanoseconds since the run began. */
  public long now() {
    return System.nanoTime() - origin;
  }

  /** A value that nobody else writes. */
  public long newValue() {
    return values.incrementAndGet();
  }

  void add(Op op) {
    ops.add(op);
  }

  /** Everything so far. */
  public List<Op> ops() {
    return List.copyOf(ops);
  }
}
