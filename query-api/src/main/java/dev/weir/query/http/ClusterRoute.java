package dev.weir.query.http;

import dev.weir.query.ClusterView;
import dev.weir.query.Database;
import dev.weir.query.LocalNode;
import dev.weir.store.Catalogue;
import dev.weir.store.IndexProgress;
import dev.weir.store.Role;
import dev.weir.store.ShardStatus;
import dev.weir.store.placement.PlacementReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Nodes, and who holds which shard. */
final class ClusterRoute {
  private final Database database;
  private final LocalNode node;

  ClusterRoute(Database database, LocalNode node) {
    this.database = database;
    this.node = node;
  }

  Route route() {
    return new Route("GET", new PathTemplate("/v1/cluster"), spec(), this::show);
  }

  private CompletableFuture<Answer> show(Call call) {
    return database
        .cluster()
        .thenApply(view -> Answer.json(json(view)).header("Cache-Control", "no-store"));
  }

  private Map<String, Object> json(ClusterView view) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("application", view.application());
    json.put("logId", view.logId());
    json.put("generation", view.generation());
    json.put("routingVersion", view.routingVersion());
    json.put("nodes", view.nodes().stream().map(ClusterRoute::node).toList());
    List<Map<String, Object>> shards = new ArrayList<>();
    Map<Integer, PlacementReport.Shard> placed = new HashMap<>();
    node.placement().shards().forEach(shard -> placed.put(shard.shard(), shard));
    for (int shard = 0; shard < database.shards().shards(); shard++) {
      Map<String, Object> one = shard(shard, view);
      PlacementReport.Shard placement = placed.get(shard);
      one.put("placement", placement == null ? null : PlacementRoute.state(placement.state()));
      shards.add(one);
    }
    json.put("shards", shards);
    return json;
  }

  private static Map<String, Object> node(ClusterView.Node node) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", node.id());
    json.put("url", node.url());
    json.put("rack", node.rack());
    json.put("pid", node.pid());
    json.put("live", node.live());
    json.put("configuration", node.configuration());
    json.put("shards", node.shards().stream().map(ShardStatus::shard).toList());
    json.put("arriving", ArrivingJson.of(node.arriving()));
    return json;
  }

  private Map<String, Object> shard(int shard, ClusterView view) {
    Object active = null;
    List<Object> standbys = new ArrayList<>();
    for (ClusterView.Node node : view.nodes()) {
      for (ShardStatus status : node.shards()) {
        if (status.shard() == shard) {
          Map<String, Object> copy = copy(node, status);
          if (status.role() == Role.STANDBY) {
            standbys.add(copy);
          } else if (active == null || node.live()) {
            active = copy;
          }
        }
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("shard", shard);
    json.put("active", active);
    json.put("standbys", standbys);
    return json;
  }

  private Map<String, Object> copy(ClusterView.Node node, ShardStatus status) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("node", node.id());
    json.put("live", node.live());
    json.put("role", status.role().name().toLowerCase(Locale.ROOT));
    json.put("serving", status.serving());
    json.put("position", status.position().offset());
    json.put("logEnd", status.logEnd() < 0 ? null : status.logEnd());
    json.put("lag", status.lag() < 0 ? null : status.lag());
    json.put("catalogueRevision", status.catalogueRevision());
    json.put("sizeBytes", status.sizeBytes());
    json.put("stopReason", status.stopReason());
    json.put("building", status.building().stream().map(this::building).toList());
    return json;
  }

  private Map<String, Object> building(IndexProgress progress) {
    Catalogue catalogue = database.catalogue();
    String name =
        catalogue.indexes().stream()
            .filter(index -> index.id() == progress.index())
            .flatMap(
                index ->
                    catalogue.collection(index.collection()).stream()
                        .map(collection -> collection.name() + "." + index.name()))
            .findFirst()
            .orElse("");
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("index", name);
    json.put("documents", progress.documents());
    json.put("of", progress.of());
    return json;
  }

  private static OperationSpec spec() {
    return OperationSpec.of("showCluster", "cluster", "Show nodes and shards")
        .describe(
            "Nodes (id, url, rack, pid, and the shards whose state is on its way there) and for"
                + " every shard its active and standbys with position and lag in records: live"
                + " where the node answers, else as it last published. `placement` says whether the"
                + " copies stand as they should; see /v1/cluster/placement.")
        .answers(200, "The cluster as this node sees it.", Schemas.json("Cluster"))
        .example("all", Map.of(), 200);
  }
}
