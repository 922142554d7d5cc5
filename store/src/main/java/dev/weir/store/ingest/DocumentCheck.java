package dev.weir.store.ingest;

import dev.weir.store.InvalidValueException;

/** Says whether a document may be in its collection. Safe from any thread. */
@FunctionalInterface
public interface DocumentCheck {

  /** Takes every document. */
  DocumentCheck NONE = stored -> {};

  /**
   * Checks one document.
   *
   * @param stored the document in its stored form
   * @throws InvalidValueException if it may not, with the reason
   */
  void check(byte[] stored) throws InvalidValueException;
}
