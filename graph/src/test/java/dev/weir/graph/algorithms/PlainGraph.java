package dev.weir.graph.algorithms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.compact.GraphBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** A graph as a list of edges: what the definitions of algorithms are checked on. */
public record PlainGraph(String name, boolean directed, TreeSet<Long> vertices, List<Edge> edges) {

  /** From, to and how much it weighs. */
  public record Edge(long from, long to, double weight) {}

  /** Random edges, among them self-loops and parallel ones; some vertices have none. */
  public static PlainGraph random(long seed, boolean directed) {
    Random random = new Random(seed);
    int count = 1 + random.nextInt(60);
    TreeSet<Long> vertices = new TreeSet<>();
    while (vertices.size() < count) {
      vertices.add(random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(500) - 100L);
    }
    List<Long> ids = List.copyOf(vertices);
    List<Edge> edges = new ArrayList<>();
    int most = random.nextInt(4) * count;
    for (int i = 0; i < most; i++) {
      long from = ids.get(random.nextInt(count));
      // The square makes a few vertices much sought.
      long to = ids.get(random.nextInt(1 + random.nextInt(count)));
      edges.add(new Edge(from, to, random.nextInt(4) == 0 ? 0 : random.nextDouble() * 10));
    }
    return new PlainGraph("random, seed " + seed, directed, vertices, edges);
  }

  /** One vertex in the middle of all others. */
  public static PlainGraph star(int size, boolean directed) {
    PlainGraph graph = new PlainGraph("star", directed, new TreeSet<>(), new ArrayList<>());
    for (long id = 0; id < size; id++) {
      graph.vertices().add(id);
      if (id > 0) {
        graph.edges().add(id % 2 == 0 ? new Edge(0, id, id) : new Edge(id, 0, id));
      }
    }
    return graph;
  }

  /** One after the other. */
  public static PlainGraph chain(int size, boolean directed) {
    PlainGraph graph = new PlainGraph("chain", directed, new TreeSet<>(), new ArrayList<>());
    for (long id = 0; id < size; id++) {
      graph.vertices().add(id);
      if (id > 0) {
        graph.edges().add(new Edge(id - 1, id, 0.1));
      }
    }
    return graph;
  }

  /** Each with each. */
  public static PlainGraph clique(int size, boolean directed) {
    PlainGraph graph = new PlainGraph("clique", directed, new TreeSet<>(), new ArrayList<>());
    for (long id = 0; id < size; id++) {
      graph.vertices().add(id);
      for (long other = 0; other < id; other++) {
        graph.edges().add(new Edge(id, other, id + other));
      }
    }
    return graph;
  }

  public CompactGraph compact(int shards) {
    return compact(shards, edges);
  }

  /** The same graph of edges in another order. */
  public CompactGraph compact(int shards, List<Edge> ordered) {
    GraphBuilder builder = new GraphBuilder(shards, directed, true);
    vertices.forEach(id -> assertThat(builder.vertex(id)).isTrue());
    for (Edge edge : ordered) {
      assertThat(builder.edge(edge.from(), edge.to(), edge.weight()))
          .isEqualTo(GraphBuilder.Added.YES);
    }
    return builder.build(true);
  }

  /** All edges in both directions if there is none; a self-loop stays one. */
  List<Edge> arcs() {
    List<Edge> arcs = new ArrayList<>(edges);
    if (!directed) {
      for (Edge edge : edges) {
        if (edge.from() != edge.to()) {
          arcs.add(new Edge(edge.to(), edge.from(), edge.weight()));
        }
      }
    }
    return arcs;
  }

  TreeMap<Long, Long> longs(long initial) {
    TreeMap<Long, Long> values = new TreeMap<>();
    vertices.forEach(id -> values.put(id, initial));
    return values;
  }

  TreeMap<Long, Double> doubles(double initial) {
    TreeMap<Long, Double> values = new TreeMap<>();
    vertices.forEach(id -> values.put(id, initial));
    return values;
  }

  /** The distinct neighbours of each vertex, whatever the direction, without itself. */
  TreeMap<Long, TreeSet<Long>> neighbours() {
    TreeMap<Long, TreeSet<Long>> neighbours = new TreeMap<>();
    vertices.forEach(id -> neighbours.put(id, new TreeSet<>()));
    for (Edge edge : edges) {
      if (edge.from() != edge.to()) {
        neighbours.get(edge.from()).add(edge.to());
        neighbours.get(edge.to()).add(edge.from());
      }
    }
    return neighbours;
  }

  @Override
  public String toString() {
    return name
        + (directed ? ", directed, " : ", undirected, ")
        + vertices.size()
        + " / "
        + edges.size()
        + (edges.size() < 8 ? Arrays.toString(edges.toArray()) : "");
  }
}
