package dev.weir.store.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which nodes hold a copy of which shard, and which shards a node holds; changed in place. */
final class Sets {
  private final List<List<Integer>> nodesOf = new ArrayList<>();
  private final List<TreeSet<Integer>> shardsOf = new ArrayList<>();

  Sets(int shards, int nodes) {
    for (int shard = 0; shard < shards; shard++) {
      nodesOf.add(new ArrayList<>(4));
    }
    for (int node = 0; node < nodes; node++) {
      shardsOf.add(new TreeSet<>());
    }
  }

  void add(int shard, int node) {
    nodesOf.get(shard).add(node);
    shardsOf.get(node).add(shard);
  }

  void remove(int shard, int node) {
    nodesOf.get(shard).remove((Integer) node);
    shardsOf.get(node).remove(shard);
  }

  boolean has(int shard, int node) {
    return nodesOf.get(shard).contains(node);
  }

  /** In the order they were added. */
  List<Integer> nodesOf(int shard) {
    return nodesOf.get(shard);
  }

  /** Ascending. */
  Set<Integer> shardsOf(int node) {
    return shardsOf.get(node);
  }

  int load(int node) {
    return shardsOf.get(node).size();
  }
}
