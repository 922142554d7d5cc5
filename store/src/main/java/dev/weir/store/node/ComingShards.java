package dev.weir.store.node;

import dev.weir.store.Role;
import dev.weir.store.placement.Candidate;
import dev.weir.store.placement.Location;
import dev.weir.store.placement.Placement;
import dev.weir.store.placement.PlacementPlan;
import dev.weir.store.placement.PlacementRequest;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which shards a node is going to get: by the plan that the leader of the group would make if it
 * joined now. Where several plans are as good the leader's may be another one, unless the node has
 * the state by then: what is on disk stays. Pure.
 */
final class ComingShards {
  /** Neither has a part in where the copies belong in the end. */
  private static final long ANY_LAG = 10_000;

  private static final int ANY_WARM_UPS = 2;

  private ComingShards() {}

  /**
   * The shards that a node is going to hold and does not have.
   *
   * @param local shards that it has
   */
  static Set<Integer> of(StoreConfig config, RoutingTable table, String self, Set<Integer> local) {
    List<Candidate> nodes = new ArrayList<>();
    for (NodeEntry node : table.nodes().values()) {
      if (!node.node().equals(self)) {
        nodes.add(candidate(node));
      }
    }
    Map<Integer, Candidate.State> here = new HashMap<>();
    local.forEach(shard -> here.put(shard, new Candidate.State(false, 0)));
    nodes.add(
        new Candidate(
            self, config.local().threads(), Location.announced(config.local().rack()), here));
    PlacementPlan plan =
        Placement.of(
            new PlacementRequest(
                config.shards(),
                config.replicas(),
                nodes,
                config.placement(),
                ANY_LAG,
                ANY_WARM_UPS));
    Set<Integer> coming = new TreeSet<>();
    for (int shard = 0; shard < config.shards(); shard++) {
      if (!local.contains(shard) && plan.shards().get(shard).goal().contains(self)) {
        coming.add(shard);
      }
    }
    return coming;
  }

  private static Candidate candidate(NodeEntry node) {
    Map<Integer, Candidate.State> states = new HashMap<>();
    for (HeldShard held : node.shards()) {
      states.put(held.shard(), new Candidate.State(held.role() == Role.ACTIVE, 0));
    }
    int threads = Math.max(1, node.standing().instances().size());
    return new Candidate(node.node(), threads, Location.announced(node.rack()), states);
  }
}
