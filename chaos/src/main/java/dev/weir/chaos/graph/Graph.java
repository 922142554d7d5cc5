package dev.weir.chaos.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a graph must be: vertices with the references in their documents, and edges that were
 * written by themselves. Used by one thread at a time.
 */
final class Graph {
  private final SortedMap<String, List<String>> vertices = new TreeMap<>();
  private final SortedMap<Edge, Long> edges = new TreeMap<>();

  /** An edge, of several between the same two vertices. */
  record Edge(String from, String to, String id) implements Comparable<Edge> {
    @Override
    public int compareTo(Edge other) {
      int byEnds = (from + " " + to).compareTo(other.from + " " + other.to);
      return byEnds != 0 ? byEnds : id.compareTo(other.id);
    }

    /** Its key as the API writes it. */
    String key() {
      return "[\"%s\",\"%s\",\"%s\"]".formatted(from, to, id);
    }
  }

  void put(String vertex, List<String> references) {
    vertices.put(vertex, List.copyOf(references));
  }

  /** Its edges go with it, but for the references of others. */
  void delete(String vertex) {
    vertices.remove(vertex);
    edges.keySet().removeIf(edge -> edge.from().equals(vertex) || edge.to().equals(vertex));
  }

  void put(Edge edge, long number) {
    edges.put(edge, number);
  }

  void delete(Edge edge) {
    edges.remove(edge);
  }

  boolean has(String vertex) {
    return vertices.containsKey(vertex);
  }

  List<Edge> edges() {
    return List.copyOf(edges.keySet());
  }

  /** How many edges end at a vertex. */
  long in(String vertex) {
    return edges.keySet().stream().filter(edge -> edge.to().equals(vertex)).count();
  }

  /** How many references there are. */
  long references() {
    return vertices.values().stream().mapToLong(List::size).sum();
  }

  /** Takes what another knows besides. */
  void add(Graph other) {
    vertices.putAll(other.vertices);
    edges.putAll(other.edges);
  }

  /** The edges of a vertex on one side: keys and properties, in the order in which they come. */
  Map<String, String> written(String vertex, boolean out) {
    Map<String, String> found = new TreeMap<>();
    edges.forEach(
        (edge, number) -> {
          if ((out ? edge.from() : edge.to()).equals(vertex)) {
            found.put(edge.key(), "{\"n\":" + number + "}");
          }
        });
    return found;
  }

  /** The same for references. */
  Map<String, String> referring(String vertex, boolean out) {
    Map<String, String> found = new TreeMap<>();
    List<String> from = out ? List.of(vertex) : new ArrayList<>(vertices.keySet());
    for (String each : from) {
      for (String to : vertices.getOrDefault(each, List.of())) {
        if (out || to.equals(vertex)) {
          found.put("[\"%s\",\"%s\"]".formatted(each, to), "{}");
        }
      }
    }
    return found;
  }
}
