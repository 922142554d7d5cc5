package dev.weir.store.write;

/** Leaves the reading of an envelope early; carries what {@link LogFormat#decode} returns. */
final class UnreadableEnvelopeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient LogFormat.Decoded decoded;

  private UnreadableEnvelopeException(LogFormat.Decoded decoded) {
    // Without a stack trace: a log full of poison must not be slow to pass.
    super(null, null, false, false);
    this.decoded = decoded;
  }

  static UnreadableEnvelopeException poison(String reason) {
    return new UnreadableEnvelopeException(new LogFormat.Poison(reason));
  }

  static UnreadableEnvelopeException newer(int version, String detail) {
    return new UnreadableEnvelopeException(new LogFormat.Newer(version, detail));
  }

  LogFormat.Decoded decoded() {
    return decoded;
  }
}
