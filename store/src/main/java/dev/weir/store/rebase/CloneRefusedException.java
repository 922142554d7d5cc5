package dev.weir.store.rebase;

/** Ends a clone from within; {@link Cloning} turns it into a value. */
final class CloneRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  CloneRefusedException(String reason) {
    super(reason);
  }
}
