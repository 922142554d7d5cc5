package dev.weir.store.truncation;

/** What is to happen to the log of one shard. */
public sealed interface TruncationStep {

  /** Number of the shard. */
  int shard();

  /**
   * Records can go.
   *
   * @param from offset of the first record that is there
   * @param before offset of the first record that stays; greater than {@code from}
   */
  record Truncate(int shard, long from, long before) implements TruncationStep {
    public Truncate {
      if (from < 0 || before <= from) {
        throw new IllegalArgumentException("nothing between " + from + " and " + before);
      }
    }

    /** How many offsets are given up. */
    public long records() {
      return before - from;
    }
  }

  /**
   * Nothing can go.
   *
   * @param reason why, and what would have to change
   */
  record Hold(int shard, String reason) implements TruncationStep {}
}
