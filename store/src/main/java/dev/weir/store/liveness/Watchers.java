package dev.weir.store.liveness;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * Who watches whom: everybody everybody in a small application, else each node the ones that follow
 * it in the circle of ids, so that pings grow with the nodes and not with their square.
 */
final class Watchers {
  private Watchers() {}

  /** The nodes that watch a node, ordered by id; never the node itself. */
  static List<String> of(String node, SortedSet<String> all, int most) {
    List<String> circle = new ArrayList<>(all.tailSet(node + "\0"));
    circle.addAll(all.headSet(node));
    // Those before it in the circle are at the end of this list.
    List<String> nearest = circle.subList(Math.max(0, circle.size() - most), circle.size());
    return nearest.stream().sorted().toList();
  }
}
