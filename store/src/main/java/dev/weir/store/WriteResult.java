package dev.weir.store;

/** What became of a write. */
public sealed interface WriteResult {

  /**
   * The record is in the log and folded by the shard's active.
   *
   * @param outcome what the fold decided
   * @param shard the shard it went to
   * @param position the shard's position at the record
   */
  record Decided(Outcome outcome, int shard, Position position) implements WriteResult {}

  /** The write was not accepted, or (only {@link Refusal.LogUnavailable}) its fate is unknown. */
  record Refused(Refusal refusal) implements WriteResult {}
}
