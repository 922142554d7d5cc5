package dev.weir.store.write;

/** A patch that cannot be merged; the message says why. */
public final class UnmergeableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnmergeableException(String message) {
    // Without a stack trace: it is made while folding.
    super(message, null, false, false);
  }
}
