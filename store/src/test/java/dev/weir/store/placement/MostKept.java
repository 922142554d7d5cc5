package dev.weir.store.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many copies any balanced placement could leave where they are: the largest flow from shards
 * over the places of their state to nodes. Each node takes what balance gives it at least, and as
 * many nodes as units are left may take one more. Knows nothing of how plans are made.
 */
final class MostKept {
  private final List<int[]> edges = new ArrayList<>();
  private final List<Integer> capacities = new ArrayList<>();
  private final List<List<Integer>> from = new ArrayList<>();

  private MostKept() {}

  static int of(PlacementRequest request) {
    Ground ground = new Ground(request);
    MostKept flow = new MostKept();
    int source = flow.vertex();
    int sink = flow.vertex();
    int wanted = CopySets.distinct(ground);
    int[] nodes = new int[ground.size()];
    int open = flow.vertex();
    int left = ground.shards() * wanted;
    for (int node = 0; node < nodes.length; node++) {
      int least = quota(ground, node, wanted, -1);
      nodes[node] = flow.vertex();
      flow.edge(nodes[node], sink, least);
      flow.edge(nodes[node], open, quota(ground, node, wanted, 1) - least);
      left -= least;
    }
    flow.edge(open, sink, left);
    for (int shard = 0; shard < ground.shards(); shard++) {
      int vertex = flow.vertex();
      flow.edge(source, vertex, wanted);
      int[] places = new int[ground.places.count()];
      Arrays.fill(places, -1);
      for (int node = 0; node < nodes.length; node++) {
        if (ground.holds(shard, node)) {
          int place = ground.places.of(node);
          if (places[place] < 0) {
            places[place] = flow.vertex();
            flow.edge(vertex, places[place], 1);
          }
          flow.edge(places[place], nodes[node], 1);
        }
      }
    }
    int sum = 0;
    while (flow.push(source, sink, new boolean[flow.from.size()])) {
      sum++;
    }
    return sum;
  }

  /** What a node gets if it is the first or the last among equals. */
  private static int quota(Ground ground, int node, int wanted, int first) {
    int[] limits = new int[ground.size()];
    Arrays.fill(limits, ground.shards());
    int[] preference = new int[ground.size()];
    preference[node] = first;
    long total = (long) ground.shards() * wanted;
    return Quotas.of(ground, total, ground.shards(), limits, preference).of(node);
  }

  private int vertex() {
    from.add(new ArrayList<>());
    return from.size() - 1;
  }

  private void edge(int one, int other, int capacity) {
    from.get(one).add(edges.size());
    edges.add(new int[] {one, other});
    capacities.add(capacity);
    from.get(other).add(edges.size());
    edges.add(new int[] {other, one});
    capacities.add(0);
  }

  private boolean push(int vertex, int sink, boolean[] seen) {
    if (vertex == sink) {
      return true;
    }
    seen[vertex] = true;
    for (int edge : from.get(vertex)) {
      int next = edges.get(edge)[1];
      if (capacities.get(edge) > 0 && !seen[next] && push(next, sink, seen)) {
        capacities.set(edge, capacities.get(edge) - 1);
        capacities.set(edge ^ 1, capacities.get(edge ^ 1) + 1);
        return true;
      }
    }
    return false;
  }
}
