package dev.weir.query.graphql.types;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.weir.query.graphql.InputFault;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.DocumentSchema;
import dev.weir.store.Fault;
import dev.weir.store.InvalidValueException;
import dev.weir.store.ValueFormats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stored values as JSON and back. */
public final class StoredValues {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private StoredValues() {}

  /** The whole value, to be written into the answer as it is. */
  public static RawValue raw(CollectionDefinition collection, byte[] stored) {
    return new RawValue(new String(toJson(collection, stored), StandardCharsets.UTF_8));
  }

  /** The whole value to look into; a missing node if it is no JSON. */
  public static JsonNode tree(CollectionDefinition collection, byte[] stored) {
    try {
      return JSON.readTree(toJson(collection, stored));
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /**
   * The stored form of a JSON value, checked against the collection's JSON Schema.
   *
   * @param value plain Java value of JSON, as the scalar has read it
   */
  public static byte[] fromInput(CollectionDefinition collection, Object value) throws InputFault {
    try {
      byte[] json = JSON.writeValueAsBytes(value);
      byte[] stored = ValueFormats.of(collection.format()).fromJson(json);
      List<Fault> faults =
          DocumentSchema.of(collection).map(schema -> schema.validate(json)).orElse(List.of());
      if (faults.isEmpty()) {
        return stored;
      }
      throw new InputFault(
          "The document does not fit the collection's JSON Schema.",
          Map.of("faults", faults.stream().map(Fault::toString).toList()));
    } catch (JsonProcessingException e) {
      throw new InputFault("The document cannot be written as JSON.");
    } catch (InvalidValueException e) {
      throw new InputFault("The document is not valid: " + e.getMessage());
    }
  }

  /** A JSON text as a tree; a missing node if it is none. */
  public static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** A plain Java value of JSON as a tree. */
  public static JsonNode tree(@Nullable Object value) {
    return JSON.valueToTree(value);
  }

  /** A JSON Merge Patch in its stored form. */
  public static byte[] patch(Object value) throws InputFault {
    try {
      byte[] patch = ValueFormats.of("json").fromJson(JSON.writeValueAsBytes(value));
      if (patch[0] == '{') {
        return patch;
      }
      throw new InputFault("The patch is not an object.");
    } catch (JsonProcessingException e) {
      throw new InputFault("The patch cannot be written as JSON.");
    } catch (InvalidValueException e) {
      throw new InputFault("The patch is not valid: " + e.getMessage());
    }
  }

  private static byte[] toJson(CollectionDefinition collection, byte[] stored) {
    return ValueFormats.of(collection.format()).toJson(stored);
  }
}
