package dev.weir.store.node;

/** What became of claiming a state directory. */
public sealed interface StateClaim {

  /**
   * It is this node's until it is closed.
   *
   * @param directory to be closed by the caller
   */
  record Claimed(StateDirectory directory) implements StateClaim {}

  /**
   * It cannot be used; nothing in it was changed.
   *
   * @param reason with what to do about it
   */
  record Refused(String reason) implements StateClaim {}
}
