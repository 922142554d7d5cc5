package dev.weir.query.http;

import dev.weir.query.Database;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Fault;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import java.util.List;
import java.util.Optional;

/** Finds the collection of a call and reads its keys. */
final class Collections {
  private final Database database;
  private final int maxKeyBytes;

  Collections(Database database, int maxKeyBytes) {
    this.database = database;
    this.maxKeyBytes = maxKeyBytes;
  }

  /** The collection that the path parameter {@code c} names. */
  CollectionDefinition of(Call call) throws ProblemException {
    return named(call.path("collection"));
  }

  /** The collection of a name, if there is one. */
  Optional<CollectionDefinition> find(String name) {
    return database.catalogue().collection(name);
  }

  /** All collections, edge types included. */
  List<CollectionDefinition> all() {
    return database.catalogue().collections();
  }

  /** The collection of a name. */
  CollectionDefinition named(String name) throws ProblemException {
    Catalogue catalogue = database.catalogue();
    for (CollectionDefinition definition : catalogue.collections()) {
      if (definition.name().equals(name)) {
        return definition;
      }
    }
    throw new ProblemException(unknown(name, catalogue));
  }

  /** The key that the path parameter {@code key} holds. */
  Key key(Call call, CollectionDefinition collection) throws ProblemException {
    return key(call.path("key"), collection);
  }

  /** A key in its textual form. */
  Key key(String text, CollectionDefinition collection) throws ProblemException {
    try {
      return checked(KeyCodec.of(collection.keyType()).fromText(text), collection);
    } catch (InvalidKeyException e) {
      throw invalid(e, collection);
    }
  }

  /** A key, if it is not too long. */
  Key checked(Key key, CollectionDefinition collection) throws ProblemException {
    if (key.bytes().length <= maxKeyBytes) {
      return key;
    }
    throw new ProblemException(
        Problem.of(
                ProblemType.INVALID_KEY,
                "The key takes %d bytes; at most %d are stored."
                    .formatted(key.bytes().length, maxKeyBytes))
            .with("collection", collection.name())
            .with("keyType", collection.keyType().text())
            .with("limit", maxKeyBytes));
  }

  /** A key that is not of the collection's type. */
  static ProblemException invalid(InvalidKeyException fault, CollectionDefinition collection) {
    String detail = fault.getMessage() == null ? "The key is not valid." : fault.getMessage();
    return new ProblemException(
        Problem.of(ProblemType.INVALID_KEY, detail)
            .with("collection", collection.name())
            .with("keyType", collection.keyType().text()));
  }

  private static Problem unknown(String name, Catalogue catalogue) {
    var names = catalogue.collections().stream().map(CollectionDefinition::name).toList();
    Fault fault = Fault.undeclared("", "collection", name, names);
    return Problem.of(ProblemType.UNKNOWN_COLLECTION, fault.toString())
        .with("collection", Texts.shorten(name));
  }
}
