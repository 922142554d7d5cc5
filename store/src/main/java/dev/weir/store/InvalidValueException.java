package dev.weir.store;

/** A value from outside that does not fit its collection; the message says what to change. */
public final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1L;

  public InvalidValueException(String message) {
    super(message);
  }
}
