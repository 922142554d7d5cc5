package dev.weir.query.graphql.fields;

import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.types.CollectionModel;
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
    return collection.key(required(field, KEY), maxBytes);
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
      keys.add(collection.key(value, bounds.maxKeyBytes()));
    }
    return keys;
  }

  /** An argument that the schema demands. */
  static Object required(DataFetchingEnvironment field, String name) {
    Object value = field.getArgument(name);
    return Objects.requireNonNull(value);
  }
}
