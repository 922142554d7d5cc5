package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The vertices that a walk reached, and the edges between them.
 *
 * @param vertices each once, nearest first
 * @param edges each once
 */
public record Subgraph(List<Reached> vertices, List<Edge> edges) {
  public Subgraph {
    vertices = List.copyOf(vertices);
    edges = List.copyOf(edges);
  }

  /**
   * A vertex that was reached.
   *
   * @param vertex which
   * @param distance hops of the shortest way to it; 0 = the start
   * @param exists whether it has a document; empty = that was not asked for
   * @param document as far as it was asked for; empty = it was not, or does not exist
   */
  public record Reached(
      Vertex vertex, int distance, Optional<Boolean> exists, Optional<JsonNode> document) {

    private static Reached of(JsonNode json) {
      return new Reached(
          Vertex.of(json),
          json.path("distance").asInt(),
          Optional.ofNullable(json.get("exists")).map(JsonNode::asBoolean),
          Optional.ofNullable(json.get("document")));
    }

    static List<Reached> listOf(JsonNode json) {
      List<Reached> reached = new ArrayList<>();
      json.forEach(each -> reached.add(of(each)));
      return reached;
    }
  }

  /**
   * An edge.
   *
   * @param type name of its type
   * @param key in its JSON form: those of both ends, and its id if the type has one
   * @param version its ETag
   * @param properties empty if they were not asked for
   */
  public record Edge(String type, JsonNode key, String version, Optional<JsonNode> properties) {

    static Edge of(JsonNode json) {
      return new Edge(
          json.path("type").asText(),
          json.path("key"),
          json.path("version").asText(),
          Optional.ofNullable(json.get("value")));
    }

    static List<Edge> listOf(JsonNode json) {
      List<Edge> edges = new ArrayList<>();
      json.forEach(each -> edges.add(of(each)));
      return edges;
    }
  }
}
