package dev.weir.store.node;

import dev.weir.store.Role;
import dev.weir.store.placement.Location;
import dev.weir.store.placement.Placed;
import dev.weir.store.placement.PlacementReport;
import dev.weir.store.placement.PlacementReview;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How the copies of all shards stand by the routing table, and what is to be reported of it. */
public final class PlacementWatch {
  private final StoreConfig config;
  private final Supplier<RoutingTable> table;

  PlacementWatch(StoreConfig config, Supplier<RoutingTable> table) {
    this.config = config;
    this.table = table;
  }

  /** The report of this moment. */
  public PlacementReport report() {
    List<Placed> nodes = table.get().nodes().values().stream().map(PlacementWatch::placed).toList();
    return PlacementReview.of(config.shards(), config.replicas(), config.placement(), nodes);
  }

  private static Placed placed(NodeEntry node) {
    Map<Integer, Boolean> copies = new HashMap<>();
    for (HeldShard shard : node.shards()) {
      copies.put(shard.shard(), shard.role() == Role.ACTIVE);
    }
    return new Placed(node.node(), Location.announced(node.rack()), copies);
  }

  void bindTo(MeterRegistry meters) {
    Gauge.builder("weir.shards.under.replicated", () -> report().underReplicated())
        .description("Shards of the application with fewer copies in different places than wanted")
        .register(meters);
    Gauge.builder("weir.shards.misplaced", () -> report().misplaced())
        .description("Shards of the application with two copies in one place, for want of another")
        .register(meters);
  }
}
