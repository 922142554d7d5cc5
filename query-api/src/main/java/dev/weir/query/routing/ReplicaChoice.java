package dev.weir.query.routing;

import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Which replicas of a shard are asked, and in which order. */
final class ReplicaChoice {
  private ReplicaChoice() {}

  /**
   * The replicas in the order in which they are asked; at least one.
   *
   * @param here id of this node
   * @param cost what asking another node takes; it decides where any replica will do
   */
  static List<Replica> of(
      Reading reading, RoutingTable table, int shard, String here, ToDoubleFunction<String> cost) {
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
    boolean ready = serves(owner, shard);
    if (ready || !reading.eventual()) {
      chosen.add(active);
    }
    for (NodeEntry standby : table.standbys(shard)) {
      boolean isHere = standby.node().equals(here);
      if (!standby.equals(owner) && serves(standby, shard)) {
        chosen.add(new Replica(isHere ? null : standby, Replica.Part.FALLBACK));
      }
    }
    if (!reading.eventual()) {
      return chosen;
    }
    List<Replica> cheapest = new ArrayList<>(cheapestFirst(chosen, cost));
    if (!ready) {
      cheapest.add(active); // it may have a state of before, which is better than none
    }
    return cheapest;
  }

  /** What is here stays in front; the others are asked by their cost. */
  private static List<Replica> cheapestFirst(
      List<Replica> replicas, ToDoubleFunction<String> cost) {
    if (replicas.size() < 2) {
      return replicas;
    }
    record Costed(Replica replica, double cost) {}
    return replicas.stream()
        .map(
            replica -> {
              NodeEntry node = replica.node();
              return new Costed(replica, node == null ? -1 : cost.applyAsDouble(node.node()));
            })
        .sorted(Comparator.comparingDouble(Costed::cost))
        .map(Costed::replica)
        .toList();
  }

  /** Whether a node has said that it serves a shard. */
  static boolean serves(@Nullable NodeEntry node, int shard) {
    return node != null && node.shard(shard).filter(HeldShard::serving).isPresent();
  }
}
