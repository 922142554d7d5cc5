package dev.weir.bench.replica;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A few clients that read again and again, and how long each read took. */
final class Latencies {
  private static final int CLIENTS = 16;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

  private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();

  private record Sample(long start, long nanos) {}

  /** Reads for a while. */
  void run(Runnable read, double seconds) throws InterruptedException {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    Thread[] clients = new Thread[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
      clients[i] = new Thread(() -> readUntil(end, read), "client-" + i);
      clients[i].start();
    }
    for (Thread client : clients) {
      client.join();
    }
  }

  private void readUntil(long end, Runnable read) {
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      read.run();
      samples.add(new Sample(start, System.nanoTime() - start));
      LockSupport.parkNanos(PAUSE);
    }
  }

  int count() {
    return samples.size();
  }

  /**
   * 99 of 100 reads that began within a time took no longer; milliseconds, NaN = there are none.
   */
  double p99(long from, long to) {
    List<Sample> all = List.copyOf(samples);
    long[] nanos =
        all.stream()
            .filter(s -> s.start >= from && s.start < to)
            .mapToLong(Sample::nanos)
            .toArray();
    Arrays.sort(nanos);
    return nanos.length == 0 ? Double.NaN : nanos[(int) (0.99 * (nanos.length - 1))] / 1e6;
  }

  /** The same of all reads. */
  double p99() {
    return p99(Long.MIN_VALUE, Long.MAX_VALUE);
  }
}
