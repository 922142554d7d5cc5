package dev.weir.store.ingest;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds a source back while a shard it writes to lags too far, and lets it go on once all of them
 * are below half of that. One thread.
 */
final class Throttle {

  private final ShardLag lags;
  private final long threshold;
  private @Nullable String reason;

  Throttle(ShardLag lags, long threshold) {
    this.lags = lags;
    this.threshold = threshold;
  }

  /** Looks at the shards again; whether the source is held back now. */
  boolean update(BitSet shards) {
    long limit = reason == null ? threshold : threshold / 2;
    reason = null;
    for (int shard = shards.nextSetBit(0); shard >= 0; shard = shards.nextSetBit(shard + 1)) {
      long lag = lags.lag(shard);
      if (lag > limit) {
        reason = "shard " + shard + " is " + lag + " records behind its log";
        return true;
      }
    }
    return false;
  }

  /** Why the source is held back; null = it is not. */
  @Nullable String reason() {
    return reason;
  }
}
