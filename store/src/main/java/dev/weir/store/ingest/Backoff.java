package dev.weir.store.ingest;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Growing pauses between attempts, from 100 ms to 10 s, spread by a fifth. One thread. */
final class Backoff {

  private static final long FIRST_MILLIS = 100;
  private static final long LAST_MILLIS = 10_000;

  private long millis = FIRST_MILLIS;

  /** The pause before the next attempt. */
  Duration next() {
    long spread = ThreadLocalRandom.current().nextLong(millis / 5 + 1);
    Duration pause = Duration.ofMillis(millis + spread);
    millis = Math.min(LAST_MILLIS, millis * 2);
    return pause;
  }

  /** Something worked: the next pause is short again. */
  void reset() {
    millis = FIRST_MILLIS;
  }
}
