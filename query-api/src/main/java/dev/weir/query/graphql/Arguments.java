package dev.weir.query.graphql;

import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads the arguments that stand for keys. */
final class Arguments {
  static final String KEY = "key";
  static final String KEYS = "keys";
  static final String DOCUMENT = "document";
  static final String PATCH = "patch";
  static final String IF_MATCH = "ifMatch";
  static final String IF_NONE_MATCH = "ifNoneMatch";
  static final String IDEMPOTENCY_KEY = "idempotencyKey";
  static final String ACK = "ack";

  private Arguments() {}

  /** The key in {@code key}. */
  static Key key(DataFetchingEnvironment field, CollectionModel collection, int maxBytes)
      throws InputFault {
    return ofValue(required(field, KEY), collection, maxBytes);
  }

  /** The keys in {@code keys}, in their order. */
  static List<Key> keys(
      DataFetchingEnvironment field, CollectionModel collection, GraphQlSettings.Work bounds)
      throws InputFault {
    List<Object> values = field.getArgumentOrDefault(KEYS, List.of());
    if (values.size() > bounds.maxKeys()) {
      throw new InputFault(
          "At most " + bounds.maxKeys() + " keys are read at once, not " + values.size() + ".");
    }
    List<Key> keys = new ArrayList<>();
    for (Object value : values) {
      keys.add(ofValue(value, collection, bounds.maxKeyBytes()));
    }
    return keys;
  }

  /** An argument that the schema demands. */
  static Object required(DataFetchingEnvironment field, String name) {
    Object value = field.getArgument(name);
    return Objects.requireNonNull(value);
  }

  /** A value of the collection's key scalar as a key. */
  static Key ofValue(Object value, CollectionModel collection, int maxBytes) throws InputFault {
    try {
      Key key = collection.keys().key(value);
      if (key.bytes().length <= maxBytes) {
        return key;
      }
    } catch (InvalidKeyException e) {
      throw new InputFault("The key is not valid: " + e.getMessage());
    }
    throw new InputFault("The key is too long: it may have " + maxBytes + " bytes.");
  }
}
