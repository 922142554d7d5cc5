package dev.weir.bench.ingest;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Times a flow from its first document on: starting and joining the group do not count. */
final class Stopwatch {
  private static final long LOOK_EVERY_MILLIS = 5;
  private static final long AT_MOST_MINUTES = 15;

  private final Flow flow;

  Stopwatch(Flow flow) {
    this.flow = flow;
  }

  /** Records a second from the first document to the last of {@code documents}. */
  double until(long documents) {
    await(flow::started);
    long start = System.nanoTime();
    await(() -> flow.has(documents));
    return documents * 1e9 / (System.nanoTime() - start);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(AT_MOST_MINUTES);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the flow has stalled");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
    }
  }
}
