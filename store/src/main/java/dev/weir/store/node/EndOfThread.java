package dev.weir.store.node;

import org.apache.kafka.common.errors.FencedInstanceIdException;

/** Why a stream thread has died. */
final class EndOfThread {
  private EndOfThread() {}

  /** What an operator should know. */
  static String reason(Throwable cause) {
    return isFencing(cause)
        ? "Kafka has given this node's place in the group to another member"
        : "a stream thread died: " + cause.getMessage();
  }

  /**
   * Whether another process has joined the group with this thread's instance id. An eviction does
   * not look like that: whoever was evicted is no member any more, and joins again.
   */
  static boolean isFencing(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof FencedInstanceIdException) {
        return true;
      }
    }
    return false;
  }
}
