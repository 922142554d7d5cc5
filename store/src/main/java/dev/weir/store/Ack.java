package dev.weir.store;

/** When a write is answered. Each level includes those before it. */
public enum Ack {
  /** The log has it; what the fold decides is not known yet. */
  ACCEPTED,
  /** The shard's active has folded it and answers with what was decided. */
  APPLIED,
  /**
   * A standby has folded it too, so that it survives the active and the next reader of the position
   * need not wait.
   */
  REPLICATED
}
