package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.client.Subgraph.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A page of the edges of a vertex on one side.
 *
 * @param items in the order of the keys at the other ends
 * @param degree how many edges the vertex has on this side, whatever was chosen among them
 * @param next continues behind this page; empty = nothing is left
 */
public record Neighbours(List<Neighbour> items, long degree, Optional<String> next) {
  public Neighbours {
    items = List.copyOf(items);
  }

  /** The vertex at the other end of an edge, and the edge. */
  public record Neighbour(Vertex vertex, Edge edge) {}

  static Neighbours of(JsonNode json) {
    List<Neighbour> items = new ArrayList<>();
    for (JsonNode item : json.path("items")) {
      items.add(new Neighbour(Vertex.of(item.path("vertex")), Edge.of(item.path("edge"))));
    }
    JsonNode next = json.path("next");
    return new Neighbours(
        items,
        json.path("degree").asLong(),
        next.isTextual() ? Optional.of(next.textValue()) : Optional.empty());
  }
}
