package dev.weir.query.http;

import dev.weir.query.http.OperationSpec.Body;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON Schemas that several operations share. */
final class Schemas {
  static final Map<String, Object> TEXT = Map.of("type", "string");

  private Schemas() {}

  /** True or false. */
  static Map<String, Object> flag(boolean otherwise) {
    return schema("boolean", Map.of("default", otherwise));
  }

  /** A whole number between bounds. */
  static Map<String, Object> integer(int least, int most, int otherwise) {
    return schema("integer", Map.of("minimum", least, "maximum", most, "default", otherwise));
  }

  /** One of some words; the first is the default. */
  static Map<String, Object> oneOf(String... words) {
    return schema("string", Map.of("enum", List.of(words), "default", words[0]));
  }

  /** In alphabetical order, so that the document is the same every time. */
  private static Map<String, Object> schema(String type, Map<String, Object> more) {
    Map<String, Object> schema = new TreeMap<>(more);
    schema.put("type", type);
    return schema;
  }

  /** A JSON body described by a component. */
  static List<Body> json(String component) {
    return List.of(Body.component(Json.CONTENT_TYPE, component));
  }

  /** A bare document of any format. */
  static List<Body> documentBodies() {
    return List.of(
        new Body(Json.CONTENT_TYPE, Map.of()),
        new Body("text/plain", TEXT),
        new Body("application/octet-stream", Map.of()));
  }
}
