package dev.weir.graph.algorithms;

import dev.weir.graph.algorithms.PlainGraph.Edge;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What algorithms compute, written down as defined, without a thought for time or memory. */
final class Definitions {

  private Definitions() {}

  static Map<Long, Long> distances(PlainGraph graph, long source) {
    TreeMap<Long, Long> distances = graph.longs(Long.MAX_VALUE);
    distances.put(source, 0L);
    for (long level = 0; distances.containsValue(level); level++) {
      for (Edge arc : graph.arcs()) {
        if (distances.get(arc.from()) == level && distances.get(arc.to()) > level + 1) {
          distances.put(arc.to(), level + 1);
        }
      }
    }
    return distances;
  }

  static Map<Long, Double> shortestPaths(PlainGraph graph, long source) {
    TreeMap<Long, Double> paths = graph.doubles(Double.POSITIVE_INFINITY);
    paths.put(source, 0.0);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Edge arc : graph.arcs()) {
        double offer = paths.get(arc.from()) + arc.weight();
        if (offer < paths.get(arc.to())) {
          paths.put(arc.to(), offer);
          changed = true;
        }
      }
    }
    return paths;
  }

  static Map<Long, Long> components(PlainGraph graph) {
    TreeMap<Long, Long> components = graph.longs(0);
    components.replaceAll((id, value) -> id);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Edge edge : graph.edges()) {
        long least = Math.min(components.get(edge.from()), components.get(edge.to()));
        changed |= components.put(edge.from(), least) != least;
        changed |= components.put(edge.to(), least) != least;
      }
    }
    return components;
  }

  static Map<Long, Long> communities(PlainGraph graph, int iterations) {
    TreeMap<Long, Long> labels = graph.longs(0);
    labels.replaceAll((id, value) -> id);
    for (int i = 0; i < iterations; i++) {
      TreeMap<Long, TreeMap<Long, Integer>> votes = new TreeMap<>();
      graph.vertices().forEach(id -> votes.put(id, new TreeMap<>()));
      for (Edge arc : graph.arcs()) {
        votes.get(arc.to()).merge(labels.get(arc.from()), 1, Integer::sum);
        if (graph.directed()) {
          votes.get(arc.from()).merge(labels.get(arc.to()), 1, Integer::sum);
        }
      }
      votes.forEach(
          (id, counts) ->
              counts.values().stream()
                  .max(Integer::compare)
                  .ifPresent(most -> labels.put(id, first(counts, most))));
    }
    return labels;
  }

  private static long first(Map<Long, Integer> counts, int most) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() == most)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /** PageRank; what restarts is shared out among some vertices. */
  static Map<Long, Double> ranks(
      PlainGraph graph, Set<Long> restart, double damping, int iterations) {
    TreeMap<Long, Double> share = graph.doubles(0);
    restart.forEach(id -> share.put(id, 1.0 / restart.size()));
    TreeMap<Long, Double> ranks = new TreeMap<>(share);
    TreeMap<Long, Long> degrees = graph.longs(0);
    graph.arcs().forEach(arc -> degrees.merge(arc.from(), 1L, Long::sum));
    for (int i = 0; i < iterations; i++) {
      double sinks = 0;
      for (long id : graph.vertices()) {
        sinks += degrees.get(id) == 0 ? ranks.get(id) : 0;
      }
      TreeMap<Long, Double> next = new TreeMap<>();
      for (long id : graph.vertices()) {
        next.put(id, (1 - damping) * share.get(id) + damping * sinks * share.get(id));
      }
      for (Edge arc : graph.arcs()) {
        double flow = damping * ranks.get(arc.from()) / degrees.get(arc.from());
        next.merge(arc.to(), flow, Double::sum);
      }
      ranks = next;
    }
    return ranks;
  }

  static Map<Long, Double> clustering(PlainGraph graph) {
    Set<List<Long>> arcs = new HashSet<>();
    graph.arcs().forEach(arc -> arcs.add(List.of(arc.from(), arc.to())));
    TreeMap<Long, Double> values = graph.doubles(0);
    graph
        .neighbours()
        .forEach(
            (id, around) -> {
              long linked = 0;
              for (long one : around) {
                for (long other : around) {
                  linked += one != other && arcs.contains(List.of(one, other)) ? 1 : 0;
                }
              }
              double degree = around.size();
              values.put(id, degree < 2 ? 0 : linked / (degree * (degree - 1)));
            });
    return values;
  }

  static Map<Long, Long> triangles(PlainGraph graph) {
    TreeMap<Long, TreeSet<Long>> neighbours = graph.neighbours();
    TreeMap<Long, Long> counts = graph.longs(0);
    neighbours.forEach(
        (id, around) -> {
          for (long one : around) {
            for (long other : around) {
              if (one < other && neighbours.get(one).contains(other)) {
                counts.merge(id, 1L, Long::sum);
              }
            }
          }
        });
    return counts;
  }

  /** Takes away vertices of too few neighbours, for each k anew. */
  static Map<Long, Long> cores(PlainGraph graph) {
    TreeMap<Long, Long> cores = graph.longs(0);
    TreeMap<Long, TreeSet<Long>> left = graph.neighbours();
    for (long k = 1; !left.isEmpty(); k++) {
      long wanted = k;
      boolean removed = true;
      while (removed) {
        Set<Long> few = new TreeSet<>();
        left.forEach(
            (id, around) -> {
              if (around.size() < wanted) {
                few.add(id);
              }
            });
        left.keySet().removeAll(few);
        left.values().forEach(around -> around.removeAll(few));
        removed = !few.isEmpty();
      }
      left.keySet().forEach(id -> cores.put(id, wanted));
    }
    return cores;
  }

  static Map<Long, Long> degrees(PlainGraph graph, boolean outgoing, boolean incoming) {
    TreeMap<Long, Long> degrees = graph.longs(0);
    for (Edge arc : graph.arcs()) {
      if (outgoing || !graph.directed()) {
        degrees.merge(arc.from(), 1L, Long::sum);
      }
      if (incoming && graph.directed()) {
        degrees.merge(arc.to(), 1L, Long::sum);
      }
    }
    return degrees;
  }

  /** Authorities after so many rounds; hubs are what they make of the last ones. */
  static Map<Long, Double> authorities(PlainGraph graph, int rounds) {
    TreeMap<Long, Double> hubs = graph.doubles(1);
    TreeMap<Long, Double> authorities = graph.doubles(0);
    for (int i = 0; i < rounds; i++) {
      authorities = graph.doubles(0);
      for (Edge arc : graph.arcs()) {
        authorities.merge(arc.to(), hubs.get(arc.from()), Double::sum);
      }
      scale(authorities);
      hubs = graph.doubles(0);
      for (Edge arc : graph.arcs()) {
        hubs.merge(arc.from(), authorities.get(arc.to()), Double::sum);
      }
      scale(hubs);
    }
    return authorities;
  }

  /** Hubs after so many rounds. */
  static Map<Long, Double> hubs(PlainGraph graph, int rounds) {
    Map<Long, Double> authorities = authorities(graph, rounds);
    TreeMap<Long, Double> hubs = graph.doubles(0);
    for (Edge arc : graph.arcs()) {
      hubs.merge(arc.from(), authorities.get(arc.to()), Double::sum);
    }
    scale(hubs);
    return hubs;
  }

  private static void scale(Map<Long, Double> values) {
    double squares = values.values().stream().mapToDouble(value -> value * value).sum();
    double norm = Math.sqrt(squares);
    values.replaceAll((id, value) -> norm > 0 ? value / norm : 0);
  }
}
