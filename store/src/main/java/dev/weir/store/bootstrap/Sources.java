package dev.weir.store.bootstrap;

import dev.weir.store.Role;
import dev.weir.store.placement.Location;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which nodes are asked for a shard, best first. Pure. */
final class Sources {
  private Sources() {}

  /**
   * The others that hold a shard: the nearest first (same rack, zone, region), standbys before the
   * active, which has more to do, and then by how far they are.
   */
  static List<NodeEntry> replicas(RoutingTable table, String self, String rack, int shard) {
    List<NodeEntry> found = new ArrayList<>();
    for (NodeEntry node : table.nodes().values()) {
      if (!node.node().equals(self)
          && !node.peer().isEmpty()
          && node.shard(shard).filter(HeldShard::serving).isPresent()) {
        found.add(node);
      }
    }
    Location here = Location.announced(rack);
    found.sort(
        Comparator.comparing((NodeEntry node) -> -here.nearness(Location.announced(node.rack())))
            .thenComparing(node -> held(node, shard).role() == Role.ACTIVE)
            .thenComparing(node -> -held(node, shard).offset())
            .thenComparing(NodeEntry::node));
    return found;
  }

  /** How far the furthest of them is, as it last said; -1 = there is none. */
  static long furthest(List<NodeEntry> replicas, int shard) {
    return replicas.stream().mapToLong(node -> held(node, shard).offset()).max().orElse(-1);
  }

  private static HeldShard held(NodeEntry node, int shard) {
    return node.shard(shard).orElseThrow();
  }
}
