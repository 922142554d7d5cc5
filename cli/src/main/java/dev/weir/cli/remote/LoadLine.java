package dev.weir.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/**
 * A line of a file to load, understood.
 *
 * @param number of the line, from 1
 * @param key in its textual form
 * @param document what is stored under it
 */
record LoadLine(long number, String key, JsonNode document) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads a line.
   *
   * @param keyFields the document's fields that make the key; none = the line is an object of
   *     {@code key} and {@code document}, as {@code weir scan --output json} prints them
   * @throws IllegalArgumentException that says what is wrong with it
   */
  static LoadLine read(long number, String line, List<String> keyFields) {
    JsonNode json = parse(line);
    if (!json.isObject()) {
      throw new IllegalArgumentException("not a JSON object");
    }
    if (keyFields.isEmpty()) {
      if (!json.has("key") || !json.has("document")) {
        throw new IllegalArgumentException(
            "no 'key' and 'document' in it: name the key's field with --key");
      }
      return new LoadLine(number, text(json.path("key")), json.path("document"));
    }
    if (keyFields.size() == 1) {
      return new LoadLine(number, text(field(json, keyFields.get(0))), json);
    }
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    keyFields.forEach(name -> parts.add(field(json, name)));
    return new LoadLine(number, parts.toString(), json);
  }

  private static JsonNode field(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw new IllegalArgumentException("no field '" + name + "' in it");
    }
    return value;
  }

  private static String text(JsonNode key) {
    return key.isTextual() ? key.textValue() : key.toString();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
