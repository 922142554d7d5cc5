package dev.weir.store;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** JSON trees, read as strictly as {@link JsonFormat} reads values and without loss of digits. */
final class JsonTrees {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private JsonTrees() {}

  /** The tree of a value from outside. */
  static JsonNode value(byte[] json) throws InvalidValueException {
    ValueFormats.of("json").accept(json);
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new InvalidValueException("not JSON: " + e.getMessage() + ": correct it");
    }
  }
}
