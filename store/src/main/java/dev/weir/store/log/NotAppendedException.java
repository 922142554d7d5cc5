package dev.weir.store.log;

/** A record was not taken: it is not in the log and will not be. */
public final class NotAppendedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what was in the way. */
  NotAppendedException(String message) {
    super(message);
  }
}
