package dev.weir.store.ingest;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.DocumentSchema;
import dev.weir.store.Fault;
import dev.weir.store.InvalidValueException;
import java.util.List;
import java.util.stream.Collectors;

/** Says whether a document may be in its collection. Safe from any thread. */
@FunctionalInterface
interface DocumentCheck {

  /** Takes every document. */
  DocumentCheck NONE = stored -> {};

  /**
   * By the collection's schema, if it has one.
   *
   * @throws IllegalArgumentException if the schema is unusable
   */
  static DocumentCheck of(CollectionDefinition collection) {
    return DocumentSchema.of(collection).<DocumentCheck>map(DocumentCheck::by).orElse(NONE);
  }

  private static DocumentCheck by(DocumentSchema schema) {
    return stored -> {
      List<Fault> faults = schema.validate(stored);
      if (!faults.isEmpty()) {
        throw new InvalidValueException(
            faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
      }
    };
  }

  /**
   * Checks one document.
   *
   * @param stored the document in its stored form
   * @throws InvalidValueException if it may not, with the reason
   */
  void check(byte[] stored) throws InvalidValueException;
}
