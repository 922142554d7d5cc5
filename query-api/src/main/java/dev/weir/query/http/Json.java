package dev.weir.query.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON of the API: plain trees and maps, no bound classes. */
final class Json {
  static final String CONTENT_TYPE = "application/json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Json() {}

  /** Maps, lists, text, numbers, booleans, null and trees as JSON in UTF-8. */
  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with line breaks, for files that people read. */
  static String pretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a request body.
   *
   * @throws ProblemException with the place of the fault, if it is not one JSON value
   */
  static JsonNode parse(byte[] body) throws ProblemException {
    try {
      JsonNode tree = MAPPER.readTree(body);
      if (tree == null || tree.isMissingNode()) {
        throw new ProblemException(
            ProblemType.INVALID_BODY, "The body is empty where a JSON object is expected.");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new ProblemException(notJson(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Problem notJson(JsonProcessingException e) {
    var place = e.getLocation();
    if (place == null) {
      return Problem.of(ProblemType.INVALID_BODY, "The body is not valid JSON.");
    }
    return Problem.of(
            ProblemType.INVALID_BODY,
            "The body is not valid JSON: the fault is at line %d, column %d."
                .formatted(place.getLineNr(), place.getColumnNr()))
        .with("line", place.getLineNr())
        .with("column", place.getColumnNr());
  }
}
