package dev.weir.query.check;

import dev.weir.store.Refusal;

/** A shard could not be asked, so that nothing is proved. */
public final class RefusedCheckException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  RefusedCheckException(Refusal refusal) {
    super(refusal.toString());
    this.refusal = refusal;
  }

  /** Why it could not. */
  public Refusal refusal() {
    return refusal;
  }
}
