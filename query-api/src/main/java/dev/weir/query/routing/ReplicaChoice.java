package dev.weir.query.routing;

import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which replicas of a shard are asked, and in which order. */
final class ReplicaChoice {
  private ReplicaChoice() {}

  /**
   * The replicas in the order in which they are asked; at least one.
   *
   * @param here id of this node
   */
  static List<Replica> of(Reading reading, RoutingTable table, int shard, String here) {
    NodeEntry owner = table.actives().get(shard);
    boolean own = owner == null || owner.node().equals(here);
    Replica active = new Replica(own ? null : owner, Replica.Part.ACTIVE);
    if (reading.strong()) {
      return List.of(active);
    }
    List<Replica> chosen = new ArrayList<>(3);
    boolean near = !own && !reading.naive() && serves(table.nodes().get(here), shard);
    if (near) {
      chosen.add(new Replica(null, Replica.Part.NEAR));
    }
    chosen.add(active);
    for (NodeEntry standby : table.standbys(shard)) {
      boolean isHere = standby.node().equals(here);
      if (!standby.equals(owner) && serves(standby, shard)) {
        chosen.add(new Replica(isHere ? null : standby, Replica.Part.FALLBACK));
      }
    }
    return chosen;
  }

  private static boolean serves(@Nullable NodeEntry node, int shard) {
    return node != null && node.shard(shard).filter(HeldShard::serving).isPresent();
  }
}
