package dev.weir.query.routing;

import java.util.Arrays;

/**
 * How fast one node answers, as its caller sees it: waiting in lines on the way included. Time
 * comes from outside, in nanoseconds. Safe from any thread.
 */
final class NodeSpeed {
  /** What is older than this counts little. */
  private static final double MEMORY_NANOS = 100e6;

  /** Keeps a few concurrent calls from weighing more than a real difference in speed. */
  private static final double LEAST_NANOS = 50e3;

  private static final int SAMPLES = 128;
  private static final int FEWEST = 32;

  private final long[] samples = new long[SAMPLES]; // under "this", like all below
  private int count;
  private double mean;
  private long heardAt;
  private long askedAt;
  private int waiting;
  private long tail = Long.MAX_VALUE;

  /** A call is sent. */
  synchronized void asked(long now) {
    waiting++;
    askedAt = now;
  }

  /** Its answer came after a while. */
  synchronized void answered(long now, long nanos) {
    waiting--;
    double weight = count == 0 ? 1 : 1 - Math.exp(-(now - heardAt) / MEMORY_NANOS);
    // Many answers at one moment still count for something together.
    mean += (nanos - mean) * Math.max(weight, 0.02);
    heardAt = now;
    samples[count++ % SAMPLES] = nanos;
    if (count % FEWEST == 0) {
      tail = quantile(0.95);
    }
  }

  /** A call was taken back after a while: an answer would have taken longer. */
  synchronized void takenBack(long now, long nanos) {
    if (nanos > mean) {
      answered(now, nanos);
    } else {
      waiting--;
    }
  }

  /** What another call would cost, in nanoseconds; 0 = nothing is known, so it should be tried. */
  synchronized double cost() {
    return count == 0 && waiting == 0 ? 0 : Math.max(mean, LEAST_NANOS) * (waiting + 1);
  }

  /** Whether nobody has asked for a while, so that what is known may be wrong by now. */
  synchronized boolean unknownSince(long now, long nanos) {
    return waiting == 0 && now - askedAt > nanos;
  }

  /** 95 of 100 answers came sooner, in nanoseconds; {@link Long#MAX_VALUE} = too few are known. */
  synchronized long tail() {
    return tail;
  }

  private long quantile(double share) {
    int known = Math.min(count, SAMPLES);
    long[] sorted = Arrays.copyOf(samples, known);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(known - 1L, (long) (share * known))];
  }
}
