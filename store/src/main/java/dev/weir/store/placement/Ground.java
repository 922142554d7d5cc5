package dev.weir.store.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A request in numbers: nodes by index in the order of their names, and who has state of what. */
final class Ground {
  final PlacementRequest request;
  final List<Candidate> nodes;
  final Places places;

  /** By shard: the nodes that have state of it, the most useful first. */
  final int[][] holders;

  Ground(PlacementRequest request) {
    this.request = request;
    this.nodes = request.nodes();
    this.places = Places.of(nodes.stream().map(Candidate::location).toList(), request.rule());
    this.holders = new int[request.shards()][];
    List<List<Integer>> found = new ArrayList<>();
    for (int shard = 0; shard < holders.length; shard++) {
      found.add(new ArrayList<>());
    }
    for (int node = 0; node < nodes.size(); node++) {
      for (int shard : nodes.get(node).state().keySet()) {
        if (shard < holders.length) {
          found.get(shard).add(node);
        }
      }
    }
    for (int shard = 0; shard < holders.length; shard++) {
      int of = shard;
      holders[shard] =
          found.get(shard).stream()
              .sorted(
                  Comparator.comparingLong((Integer node) -> -worth(of, node))
                      .thenComparingLong(node -> caughtUp(of, node) ? 0 : lag(of, node))
                      .thenComparingInt(node -> node))
              .mapToInt(node -> node)
              .toArray();
    }
  }

  int shards() {
    return request.shards();
  }

  int size() {
    return nodes.size();
  }

  boolean holds(int shard, int node) {
    return nodes.get(node).state().containsKey(shard);
  }

  boolean active(int shard, int node) {
    Candidate.State state = nodes.get(node).state().get(shard);
    return state != null && state.active();
  }

  /** Whether a node can become the active without a long replay. */
  boolean caughtUp(int shard, int node) {
    Candidate.State state = nodes.get(node).state().get(shard);
    return state != null && state.lag() <= request.acceptableLag();
  }

  /** Records a node is behind; the largest number if it has nothing. */
  long lag(int shard, int node) {
    Candidate.State state = nodes.get(node).state().get(shard);
    return state == null ? Long.MAX_VALUE : state.lag();
  }

  /**
   * What is lost if a node's state of a shard is given up: copying counts for much, roles little.
   */
  int worth(int shard, int node) {
    Candidate.State state = nodes.get(node).state().get(shard);
    if (state == null) {
      return 0;
    }
    return (caughtUp(shard, node) ? 18 : 16) + (state.active() ? 1 : 0);
  }

  /** Whether two nodes may not hold copies of one shard. */
  boolean clash(int one, int other) {
    return places.of(one) == places.of(other);
  }
}
