package dev.weir.query.peer;

/** Bytes from another node that are not what this version knows. */
final class MalformedFrameException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedFrameException(String message) {
    super(message, null, false, false);
  }
}
