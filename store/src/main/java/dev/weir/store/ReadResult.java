package dev.weir.store;

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
   */
  record Answer<T>(T value, int shard, Position position) implements ReadResult<T> {}

  /** The shard did not answer; the refusal says what to do. */
  record Refused<T>(Refusal refusal) implements ReadResult<T> {}
}
