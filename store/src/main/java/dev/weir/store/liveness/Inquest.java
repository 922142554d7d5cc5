package dev.weir.store.liveness;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides about one missed node: whether enough others miss it too, and when it is this node's turn
 * to evict it. One observer alone may have lost its own network, so it takes two, but for an
 * application of two nodes; and nobody is evicted whom any node sees. Without a clock or threads of
 * its own; not thread-safe.
 */
final class Inquest {
  private final LivenessSettings settings;
  private final String self;
  private final SortedMap<String, Sight> testimonies = new TreeMap<>();
  private boolean proved;
  private long provedAt;

  /**
   * An inquest on behalf of a node that misses another one.
   *
   * @param self the node that asks
   */
  Inquest(LivenessSettings settings, String self) {
    this.settings = settings;
    this.self = self;
  }

  /** What a witness says now; its last word counts. */
  void heard(String witness, Sight sight) {
    testimonies.put(witness, sight);
  }

  /**
   * Whether this node is to evict the missed one now.
   *
   * @param nodes number of nodes in the routing table, the missed one included
   * @param survivors watchers of the missed node that this node does not miss, itself included
   */
  boolean due(int nodes, List<String> survivors, long now) {
    testimonies.keySet().retainAll(survivors);
    if (!holds(nodes)) {
      proved = false;
      return false;
    }
    if (!proved) {
      proved = true;
      provedAt = now;
    }
    int rank = survivors.stream().sorted().toList().indexOf(self);
    return rank >= 0 && now - provedAt >= rank * settings.backup().toNanos();
  }

  private boolean holds(int nodes) {
    Map<String, Sight> others = testimonies;
    if (others.containsValue(Sight.SEEN)) {
      return false;
    }
    long observers =
        1
            + others.entrySet().stream()
                .filter(e -> !e.getKey().equals(self) && e.getValue() == Sight.MISSED)
                .count();
    return observers >= (nodes <= 2 ? 1 : 2);
  }
}
