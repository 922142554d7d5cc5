package dev.weir.store.ingest;

/** Carries a {@link Mapped.Poison} out of the steps of a mapping; has no stack trace, for speed. */
final class PoisonException extends Exception {
  private static final long serialVersionUID = 1L;

  private final PoisonReason reason;
  private final String detail;

  PoisonException(PoisonReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
    this.detail = detail;
  }

  Mapped.Poison poison() {
    return new Mapped.Poison(reason, detail);
  }
}
