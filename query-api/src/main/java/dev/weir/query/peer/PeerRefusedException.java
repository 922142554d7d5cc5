package dev.weir.query.peer;

/** No connection to a node could be made; the message says why. */
final class PeerRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  PeerRefusedException(String message) {
    super(message, null, false, false);
  }
}
