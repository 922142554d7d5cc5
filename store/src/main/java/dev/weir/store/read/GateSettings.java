package dev.weir.store.read;

import java.time.Duration;

/**
 * Limits of a {@link Gate}.
 *
 * @param maxWaiting reads that may wait at once; more are refused
 * @param sweep how often reads are looked for whose patience is over
 */
public record GateSettings(int maxWaiting, Duration sweep) {

  /** 10,000 reads, every 5 ms. */
  public static GateSettings defaults() {
    return new GateSettings(10_000, Duration.ofMillis(5));
  }
}
