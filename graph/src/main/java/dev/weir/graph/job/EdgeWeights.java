package dev.weir.graph.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Weights of edges, out of their documents.
 *
 * @param field that holds them, with dots between the names of nested ones; null = each weighs 1
 */
record EdgeWeights(@Nullable String field) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The weight of an edge.
   *
   * @throws IllegalStateException that says which edge has none, and what to do
   */
  double of(CollectionDefinition type, Key key, byte[] document) {
    if (field == null) {
      return 1;
    }
    try {
      JsonNode number = JSON.readTree(document).at("/" + field.replace('.', '/'));
      if (number.isNumber() && Double.isFinite(number.doubleValue())) {
        return number.doubleValue();
      }
    } catch (IOException e) {
      // Not JSON: it has no number either.
    }
    throw new IllegalStateException(
        "edge "
            + KeyCodec.of(type.keyType()).toText(key)
            + " of '"
            + type.name()
            + "' has no number in '"
            + field
            + "': give it one, filter it out, or name another field");
  }
}
