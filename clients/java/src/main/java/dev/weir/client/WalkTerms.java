package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a walk may go, and what its answer says of vertices and edges besides their keys.
 * Immutable; each method gives new terms.
 */
public final class WalkTerms {
  private static final WalkTerms USUAL = new WalkTerms(Map.of(), Map.of());

  private final Map<String, JsonNode> budget;
  private final Map<String, JsonNode> details;

  private WalkTerms(Map<String, JsonNode> budget, Map<String, JsonNode> details) {
    this.budget = budget;
    this.details = details;
  }

  /**
   * At most 10,000 vertices, 100,000 edges, 10,000 of one vertex and 5 s; answers say whether
   * vertices exist, and have the edges' properties.
   */
  public static WalkTerms usual() {
    return USUAL;
  }

  /** At most this many vertices, 1 to 100,000. */
  public WalkTerms vertices(int most) {
    return bounded("vertices", most);
  }

  /** At most this many edges are looked at, 1 to 2,000,000. */
  public WalkTerms edges(int most) {
    return bounded("edges", most);
  }

  /** At most this many edges of one vertex, edge type and direction, at least 1. */
  public WalkTerms fanOut(int most) {
    return bounded("fanOut", most);
  }

  /** For at most this time, 1 ms to 60 s. */
  public WalkTerms within(Duration time) {
    return bounded("milliseconds", time.toMillis());
  }

  /** Answers have the vertices' documents. */
  public WalkTerms withDocuments() {
    return detailed("documents", JsonNodeFactory.instance.textNode("all"));
  }

  /**
   * Answers have these fields of the vertices' documents.
   *
   * @param fields paths, with dots into objects; at least one
   */
  public WalkTerms withFields(String... fields) {
    var list = JsonNodeFactory.instance.arrayNode();
    for (String field : fields) {
      list.add(field);
    }
    return withDocuments().detailed("fields", list);
  }

  /** Answers have nothing but keys. */
  public WalkTerms keysOnly() {
    return detailed("documents", JsonNodeFactory.instance.textNode("none"))
        .detailed("edgeValues", JsonNodeFactory.instance.booleanNode(false));
  }

  private WalkTerms bounded(String name, long most) {
    return new WalkTerms(with(budget, name, JsonNodeFactory.instance.numberNode(most)), details);
  }

  private WalkTerms detailed(String name, JsonNode value) {
    return new WalkTerms(budget, with(details, name, value));
  }

  private static Map<String, JsonNode> with(
      Map<String, JsonNode> some, String name, JsonNode value) {
    Map<String, JsonNode> more = new TreeMap<>(some);
    more.put(name, value);
    return more;
  }

  /** Says so in the body of a request. */
  void addTo(ObjectNode body) {
    body.setAll(details);
    if (!budget.isEmpty()) {
      body.putObject("budget").setAll(budget);
    }
  }
}
