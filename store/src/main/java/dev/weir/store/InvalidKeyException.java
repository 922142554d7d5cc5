package dev.weir.store;

/** A key from outside that is not of its collection's key type; the message says what to change. */
public final class InvalidKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  public InvalidKeyException(String message) {
    super(message);
  }
}
