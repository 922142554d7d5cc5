package dev.weir.store;

/** Why a node did not do what it was asked: an expected failure, with what the caller should do. */
public sealed interface Refusal {

  /** This node does not hold the shard: take a newer routing table and ask the owner. */
  record NotOwner(int shard) implements Refusal {}

  /** The shard is on its way to this node or not complete yet: wait briefly and ask again. */
  record Rebalancing(int shard, String detail) implements Refusal {}

  /** The shard stopped itself to protect its data: an operator must act on {@code reason}. */
  record Stopped(int shard, String reason) implements Refusal {}

  /**
   * No collection has this id in the shard's definitions: check the name, or wait for its apply.
   */
  record UnknownCollection(int collection) implements Refusal {}

  /** Too much work is waiting: ask again after a pause. */
  record Overloaded(String what) implements Refusal {}

  /** The node that owns the shard does not answer: wait for the failover and ask again. */
  record Unreachable(int shard, String node) implements Refusal {}

  /** The log took too long or refused the record: whether it was applied is unknown; read first. */
  record LogUnavailable(String detail) implements Refusal {}

  /**
   * The log cannot be reached, and without it the question or operation cannot be answered; nothing
   * was done: ask at a lower level, or again later.
   */
  record LogUnreachable(String detail) implements Refusal {}

  /**
   * This replica has not folded the position that the caller has seen: ask the active, or wait.
   *
   * @param position offset of the last record it has folded; -1 = none
   * @param wanted offset that it should have folded
   */
  record BehindPosition(int shard, long position, long wanted) implements Refusal {}

  /** This replica is staler than the caller allows: ask the active, or allow more. */
  record TooStale(int shard, String detail) implements Refusal {}

  /** There is no standby that could have the write; nothing was done: ask for less. */
  record NoStandby(int shard) implements Refusal {}

  /** The write is applied, and no standby is known to have it: read it, or wait. */
  record NotReplicated(int shard, String detail) implements Refusal {}

  /** The position is of another log or generation: begin anew without it. */
  record ForeignPosition(String detail) implements Refusal {}

  /**
   * What is asked for would have to be put in order, and is more than a question may read: ask for
   * less, or in another order, or define the index.
   *
   * @param advice the index that would help, such as {@code an index on city, age}
   */
  record UnboundedSort(int collection, String advice) implements Refusal {}

  /**
   * All documents would have to be read, which this question may not: name keys, or define the
   * index.
   *
   * @param advice the index that would help
   */
  record ScanRefused(int collection, String advice) implements Refusal {}

  /** The shard's definitions have no index of this id that is complete: begin anew, or wait. */
  record UnknownIndex(int collection, int index) implements Refusal {}
}
