package dev.weir.query.server;

import dev.weir.store.Refusal;

/** The database refused a typed read or write; the refusal says what the caller can do. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  RefusedException(String collection, Refusal refusal) {
    super("collection '" + collection + "' could not be asked: " + refusal);
    this.refusal = refusal;
  }

  /** Why. */
  public Refusal refusal() {
    return refusal;
  }
}
