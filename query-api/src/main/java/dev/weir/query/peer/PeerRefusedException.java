package dev.weir.query.peer;

/** No connection to a node could be made; the message says why. */
final class PeerRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean nobodyListens;

  PeerRefusedException(String message) {
    this(message, false);
  }

  /**
   * A failed attempt.
   *
   * @param nobodyListens whether the machine was reached and says that no process has the port
   */
  PeerRefusedException(String message, boolean nobodyListens) {
    super(message, null, false, false);
    this.nobodyListens = nobodyListens;
  }

  boolean nobodyListens() {
    return nobodyListens;
  }
}
