package dev.weir.bench.ingest;

import dev.weir.bench.process.CpuTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Times a flow from its first document on: starting and joining the group do not count. */
final class Stopwatch {
  private static final long LOOK_EVERY_MILLIS = 5;
  private static final long AT_MOST_MINUTES = 15;

  private final Flow flow;
  private double perSecond;
  private double cpuSeconds;

  Stopwatch(Flow flow) {
    this.flow = flow;
  }

  /** Waits for the first document, then times the way to the last of {@code documents}. */
  void time(long documents) {
    await(flow::started);
    long start = System.nanoTime();
    double cpu = CpuTime.ofThisProcess();
    await(documents);
    perSecond = documents * 1e9 / (System.nanoTime() - start);
    cpuSeconds = CpuTime.ofThisProcess() - cpu;
  }

  /** Waits until so many documents can be read. */
  void await(long documents) {
    await(() -> flow.has(documents));
  }

  /** Records a second that {@link #time} has seen. */
  double perSecond() {
    return perSecond;
  }

  /** CPU time that this process took meanwhile. */
  double cpuSeconds() {
    return cpuSeconds;
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
