package dev.weir.store.audit;

/** An audit cannot go on; the message says why, and what to do. */
public final class AuditStoppedException extends Exception {
  private static final long serialVersionUID = 1;

  /** It cannot go on for a reason. */
  public AuditStoppedException(String message) {
    super(message);
  }

  /** It cannot go on because something failed. */
  public AuditStoppedException(String message, Throwable cause) {
    super(message, cause);
  }
}
