package dev.weir.query.server;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.KeyType;
import java.util.List;
import java.util.UUID;

/** Which Java class the keys of a collection have. */
final class KeyTypes {

  private KeyTypes() {}

  static void require(CollectionDefinition definition, Class<?> asked) {
    Class<?> actual = javaClass(definition.keyType());
    if (!asked.equals(actual)) {
      throw new IllegalArgumentException(
          "the keys of '"
              + definition.name()
              + "' are of type "
              + definition.keyType().text()
              + ": ask for "
              + actual.getSimpleName()
              + ", not "
              + asked.getSimpleName());
    }
  }

  private static Class<?> javaClass(KeyType type) {
    if (!(type instanceof KeyType.Scalar scalar)) {
      return List.class;
    }
    return switch (scalar) {
      case STRING -> String.class;
      case LONG -> Long.class;
      case UUID -> UUID.class;
      case BYTES -> byte[].class;
    };
  }
}
