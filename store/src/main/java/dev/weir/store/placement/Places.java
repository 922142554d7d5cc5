package dev.weir.store.placement;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which nodes stand in one place, a place being what holds at most one copy of a shard.
 *
 * <p>If no node says where it stands, every node is a place. If only some do, the others cannot be
 * told apart: under a strict rule they are one place, otherwise one each.
 */
final class Places {
  private final int[] ofNode;
  private final int count;

  private Places(int[] ofNode, int count) {
    this.ofNode = ofNode;
    this.count = count;
  }

  /** The places of nodes, by their index in the list. */
  static Places of(List<Location> nodes, PlacementRule rule) {
    boolean said = nodes.stream().anyMatch(n -> !n.place(rule.separation()).isEmpty());
    boolean together = said && rule.strict();
    Map<String, Integer> known = new TreeMap<>();
    int[] ofNode = new int[nodes.size()];
    int count = 0;
    for (int node = 0; node < ofNode.length; node++) {
      List<String> place = nodes.get(node).place(rule.separation());
      if (place.isEmpty() && !together) {
        ofNode[node] = count++;
        continue;
      }
      Integer seen = known.putIfAbsent(String.join("/", place), count);
      ofNode[node] = seen == null ? count++ : seen;
    }
    return new Places(ofNode, count);
  }

  int of(int node) {
    return ofNode[node];
  }

  int count() {
    return count;
  }
}
