package dev.weir.store.ingest;

import java.time.Duration;

/**
 * How fast ingest goes.
 *
 * @param threadsPerSource consumers of each source on a node, 1 to 64
 * @param maxInFlightRecords sent and not acknowledged, all sources of the node together; at least 1
 * @param maxInFlightBytes likewise, keys and values; at least 1
 * @param pauseAboveLag a source pauses while a shard it writes to is more records behind than this,
 *     and goes on below half of it; at least 1
 * @param commitInterval how often source offsets are committed; positive
 * @param drainTimeout how long a session that must give up a partition waits for what it has sent;
 *     positive
 */
public record Pace(
    int threadsPerSource,
    long maxInFlightRecords,
    long maxInFlightBytes,
    long pauseAboveLag,
    Duration commitInterval,
    Duration drainTimeout) {
  public Pace {
    if (threadsPerSource < 1 || threadsPerSource > 64) {
      throw new IllegalArgumentException(
          "a source has 1 to 64 threads on a node, not " + threadsPerSource);
    }
    if (maxInFlightRecords < 1 || maxInFlightBytes < 1 || pauseAboveLag < 1) {
      throw new IllegalArgumentException("limits of records and bytes are at least 1");
    }
    if (!isPositive(commitInterval) || !isPositive(drainTimeout)) {
      throw new IllegalArgumentException("intervals and timeouts are positive");
    }
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isZero() && !duration.isNegative();
  }

  /** One thread, 20,000 records or 4 MiB in flight, 50,000 records of lag, one second, ten. */
  public static Pace defaults() {
    return new Pace(1, 20_000, 4L << 20, 50_000, Duration.ofSeconds(1), Duration.ofSeconds(10));
  }
}
