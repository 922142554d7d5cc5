package dev.weir.query.http;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.DocumentSchema;
import dev.weir.store.Fault;
import dev.weir.store.InvalidValueException;
import dev.weir.store.ValueFormat;
import dev.weir.store.ValueFormats;
import java.util.List;
import java.util.Optional;

/** Values as their collection wants them. */
final class Values {
  private Values() {}

  /** The format of a collection's values. */
  static ValueFormat format(CollectionDefinition collection) {
    return ValueFormats.of(collection.format());
  }

  /** The stored form of a request's body, which satisfies the collection's schema. */
  static byte[] accept(CollectionDefinition collection, ValueFormat format, byte[] body)
      throws ProblemException {
    return satisfying(collection, read(collection, format, body));
  }

  /** The stored form of a value that a request holds as JSON. */
  static byte[] acceptJson(CollectionDefinition collection, byte[] json) throws ProblemException {
    try {
      return satisfying(collection, format(collection).fromJson(json));
    } catch (InvalidValueException e) {
      throw unreadable(collection, e);
    }
  }

  private static byte[] satisfying(CollectionDefinition collection, byte[] stored)
      throws ProblemException {
    Optional<DocumentSchema> schema = DocumentSchema.of(collection);
    if (schema.isPresent()) {
      List<Fault> faults = schema.get().validate(stored);
      if (!faults.isEmpty()) {
        throw new ProblemException(
            Faults.problem(ProblemType.INVALID_DOCUMENT, "The document has", faults)
                .with("collection", collection.name()));
      }
    }
    return stored;
  }

  private static byte[] read(CollectionDefinition collection, ValueFormat format, byte[] body)
      throws ProblemException {
    try {
      return format.accept(body);
    } catch (InvalidValueException e) {
      throw unreadable(collection, e);
    }
  }

  private static ProblemException unreadable(
      CollectionDefinition collection, InvalidValueException e) {
    String detail = e.getMessage() == null ? "The body cannot be read." : e.getMessage();
    return new ProblemException(
        Problem.of(ProblemType.INVALID_VALUE, detail)
            .with("collection", collection.name())
            .with("format", collection.format()));
  }
}
