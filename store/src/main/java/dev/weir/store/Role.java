package dev.weir.store;

/** What a node is for a shard. */
public enum Role {
  /** Folds new records as they come and decides commands. */
  ACTIVE,
  /** Follows the log behind the active. */
  STANDBY
}
