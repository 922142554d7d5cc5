package dev.weir.query.http;

import java.util.Map;

/**
 * A parameter of a route, as the OpenAPI document shows it and as the server checks it.
 *
 * @param name as in the URL or the header
 * @param in where it stands
 * @param required whether a request without it is refused; always true for paths
 * @param schema JSON Schema of its value
 * @param description what it means
 */
record Parameter(
    String name, In in, boolean required, Map<String, Object> schema, String description) {

  /** Where a parameter stands. */
  enum In {
    PATH,
    QUERY,
    HEADER
  }

  static Parameter path(String name, String description) {
    return new Parameter(name, In.PATH, true, Map.of("type", "string"), description);
  }

  static Parameter query(String name, Map<String, Object> schema, String description) {
    return new Parameter(name, In.QUERY, false, schema, description);
  }

  static Parameter header(String name, String description) {
    return new Parameter(name, In.HEADER, false, Map.of("type", "string"), description);
  }
}
