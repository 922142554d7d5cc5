package dev.weir.store.routing;

/** What can happen to a shard on a node; {@link ShardState} says where each event leads. */
public enum ShardEvent {
  /** Its state was opened. */
  OPENED,
  /** The node became its active: its processor runs. */
  ACTIVATED,
  /** The node is no longer its active. */
  DEACTIVATED,
  /** Its position reached a log end that was seen after it was opened. */
  COMPLETED,
  /** It stopped itself to protect its data. */
  STOPPED,
  /** Its state was closed. */
  CLOSED
}
