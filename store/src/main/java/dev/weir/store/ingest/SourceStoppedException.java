package dev.weir.store.ingest;

/** Going on would lose or mix up records of a source; the message says which and what to do. */
final class SourceStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SourceStoppedException(String message) {
    super(message);
  }
}
