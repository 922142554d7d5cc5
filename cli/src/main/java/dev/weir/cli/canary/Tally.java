package dev.weir.cli.canary;

import java.util.Arrays;
import java.util.Locale;

/** What happened in an interval, for a line. Not thread-safe. */
final class Tally {
  private static final int MOST = 10_000;

  private final long[] latencies = new long[MOST];
  private int answered;
  private long writes;
  private long reads;
  private long errors;
  private long violations;
  private long stalest;

  void wrote(long nanos) {
    writes++;
    answered(nanos);
  }

  void read(long nanos, long staleNanos) {
    reads++;
    stalest = Math.max(stalest, staleNanos);
    answered(nanos);
  }

  private void answered(long nanos) {
    if (answered < MOST) {
      latencies[answered++] = nanos;
    }
  }

  void failed() {
    errors++;
  }

  void violated() {
    violations++;
  }

  /** A line about it. */
  String line(int nodes) {
    Arrays.sort(latencies, 0, answered);
    return String.format(
        Locale.ROOT,
        "%d nodes, %d writes, %d reads, %d errors, median %.1f ms, p99 %.1f ms, stalest %.0f ms,"
            + " %d violations",
        nodes,
        writes,
        reads,
        errors,
        quantile(0.5),
        quantile(0.99),
        stalest / 1e6,
        violations);
  }

  private double quantile(double part) {
    return answered == 0 ? 0 : latencies[(int) Math.min(answered - 1, answered * part)] / 1e6;
  }
}
