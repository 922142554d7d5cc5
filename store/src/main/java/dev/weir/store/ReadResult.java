package dev.weir.store;

import org.jspecify.annotations.Nullable;

/**
 * What became of a read on one shard.
 *
 * @param <T> the answer's type
 */
public sealed interface ReadResult<T> {

  /**
   * The shard answered.
   *
   * @param value the answer
   * @param shard the shard that gave it
   * @param position how far its state had got
   * @param staleness how stale it was at most, if that was asked for; null otherwise
   */
  record Answer<T>(T value, int shard, Position position, @Nullable Staleness staleness)
      implements ReadResult<T> {

    /** An answer that states no bound. */
    public Answer(T value, int shard, Position position) {
      this(value, shard, position, null);
    }

    /** The same answer with another bound. */
    public Answer<T> within(@Nullable Staleness bound) {
      return new Answer<>(value, shard, position, bound);
    }
  }

  /** The shard did not answer; the refusal says what to do. */
  record Refused<T>(Refusal refusal) implements ReadResult<T> {}
}
