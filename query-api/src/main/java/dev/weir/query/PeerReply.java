package dev.weir.query;

import dev.weir.store.Refusal;

/**
 * What became of a call to another node.
 *
 * @param <T> the answer's type
 */
public sealed interface PeerReply<T> {

  /**
   * The node answered.
   *
   * @param value the answer
   * @param routingVersion version of that node's routing table when it answered
   */
  record Answered<T>(T value, long routingVersion) implements PeerReply<T> {}

  /** The node refused the call as a whole, or this one did not send it; nothing was done. */
  record Refused<T>(Refusal refusal) implements PeerReply<T> {}

  /** The call certainly never reached the node: it is safe to call again. */
  record Unsent<T>(String why) implements PeerReply<T> {}

  /** The call may have reached the node, but no answer came: a write may have been applied. */
  record Lost<T>(String why) implements PeerReply<T> {}
}
