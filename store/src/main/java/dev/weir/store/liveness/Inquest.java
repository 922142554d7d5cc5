package dev.weir.store.liveness;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides about one missed node: whether enough others miss it too, and when it is this node's turn
 * to evict it. One observer alone may have lost its own network, and so may a few: it takes most of
 * the nodes that there are, and two at the least, but for an application of two nodes, where it
 * takes one. Nobody is evicted whom any node sees. Without a clock or threads of its own; not
 * thread-safe.
 */
final class Inquest {
  private final LivenessSettings settings;
  private final String self;
  private final SortedMap<String, Testimony> testimonies = new TreeMap<>();

  private record Testimony(Sight sight, long at) {}

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

  /** What a witness says now; its last word counts, for as long as it takes to ask it again. */
  void heard(String witness, Sight sight, long now) {
    testimonies.put(witness, new Testimony(sight, now));
  }

  /**
   * Whether this node is to evict the missed one now.
   *
   * @param nodes number of nodes in the routing table, the missed one included
   * @param survivors watchers of the missed node that this node does not miss, itself included
   */
  boolean due(int nodes, List<String> survivors, long now) {
    testimonies.keySet().retainAll(survivors);
    testimonies.values().removeIf(t -> now - t.at() > 2 * settings.tick().toNanos());
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
    long observers = 1;
    for (Map.Entry<String, Testimony> each : testimonies.entrySet()) {
      Sight sight = each.getValue().sight();
      if (sight == Sight.SEEN) {
        return false;
      }
      observers += sight == Sight.MISSED && !each.getKey().equals(self) ? 1 : 0;
    }
    return observers >= quorum(nodes);
  }

  private int quorum(int nodes) {
    return nodes <= 2 ? 1 : Math.min(nodes, settings.watchers() + 1) / 2 + 1;
  }
}
