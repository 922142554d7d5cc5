package dev.weir.store.write;

/**
 * The time of a shard as the timestamps of its keyed commands tell it, made so that a few wrong
 * clocks do not matter: every timestamp moves it by a minute at most, ahead or back, so that it
 * stays where most of them are. When many in a row agree that it is far off, as after a quiet week
 * or when the first clock was wrong, the step doubles with every {@link #TO_DOUBLE} of them.
 *
 * <p>Part of the fold: it depends on nothing but the commands before. Confined to the fold's
 * thread.
 */
final class KeyedTime {
  /** The step. */
  static final long MINUTE = 60_000;

  /** Commands in a row that want the same direction until the step is twice as long. */
  static final int TO_DOUBLE = 64;

  private static final int MOST_DOUBLINGS = 40;

  private long millis;
  private int agreeing;

  /** No timestamp has been heard. */
  KeyedTime() {
    this(-1, 0);
  }

  /** As it was kept. */
  KeyedTime(long millis, int agreeing) {
    this.millis = millis;
    this.agreeing = agreeing;
  }

  /** Milliseconds since the epoch; -1 before the first timestamp. */
  long millis() {
    return millis;
  }

  /** How many in a row wanted it to be later, or, negative, earlier than one step away. */
  int agreeing() {
    return agreeing;
  }

  /** A command came with a timestamp; negative ones count as 0. */
  void heard(long timestamp) {
    long said = Math.max(0, timestamp);
    if (millis < 0) {
      millis = said;
      return;
    }
    long distance = said - millis; // both are positive: no overflow
    int before = distance > 0 == agreeing > 0 ? Math.abs(agreeing) : 0;
    long step = MINUTE << Math.min(MOST_DOUBLINGS, before / TO_DOUBLE);
    if (Math.abs(distance) <= step) {
      millis = said;
      agreeing = 0;
      return;
    }
    millis += distance > 0 ? step : -step;
    int now = Math.min(Integer.MAX_VALUE - 1, before) + 1;
    agreeing = distance > 0 ? now : -now;
  }
}
