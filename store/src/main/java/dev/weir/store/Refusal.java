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
}
