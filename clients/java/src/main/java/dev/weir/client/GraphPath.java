package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.client.Subgraph.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A way from one vertex to another.
 *
 * @param vertices from the first to the last; one if they are the same
 * @param edges between each two of them, in this order; one fewer
 * @param length how many edges, or the sum of their weights
 */
public record GraphPath(List<Vertex> vertices, List<Edge> edges, double length) {
  public GraphPath {
    vertices = List.copyOf(vertices);
    edges = List.copyOf(edges);
  }

  static Optional<GraphPath> of(JsonNode json) {
    if (!json.path("found").asBoolean()) {
      return Optional.empty();
    }
    List<Vertex> vertices = new ArrayList<>();
    json.path("vertices").forEach(each -> vertices.add(Vertex.of(each)));
    return Optional.of(
        new GraphPath(
            vertices, Edge.listOf(json.path("edges")), json.path("length").doubleValue()));
  }
}
