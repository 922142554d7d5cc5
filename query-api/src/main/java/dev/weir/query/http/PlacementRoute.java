package dev.weir.query.http;

import dev.weir.query.LocalNode;
import dev.weir.store.placement.PlacementReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Why every copy stands where it stands. */
final class PlacementRoute {
  private final LocalNode node;

  PlacementRoute(LocalNode node) {
    this.node = node;
  }

  Route route() {
    return new Route("GET", new PathTemplate("/v1/cluster/placement"), spec(), this::show);
  }

  private CompletableFuture<Answer> show(Call call) {
    return CompletableFuture.completedFuture(
        Answer.json(json(node.placement())).header("Cache-Control", "no-store"));
  }

  private static Map<String, Object> json(PlacementReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("placement", report.rule().strict() ? "strict" : "best-effort");
    json.put("separate", report.rule().separation().name().toLowerCase(Locale.ROOT));
    json.put("replicas", report.replicas());
    json.put("underReplicated", report.underReplicated());
    json.put("misplaced", report.misplaced());
    json.put("nodes", report.nodes().stream().map(PlacementRoute::node).toList());
    json.put("shards", report.shards().stream().map(PlacementRoute::shard).toList());
    return json;
  }

  private static Map<String, Object> node(PlacementReport.Node node) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("node", node.node());
    json.put("rack", node.location().toString());
    json.put("actives", node.actives());
    json.put("copies", node.copies());
    return json;
  }

  private static Map<String, Object> shard(PlacementReport.Shard shard) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("shard", shard.shard());
    json.put("state", state(shard.state()));
    json.put("copies", shard.copies().stream().map(PlacementRoute::copy).toList());
    json.put("missing", shard.missing());
    json.put("misplaced", shard.misplaced());
    json.put("why", shard.why());
    json.put("advice", shard.advice());
    return json;
  }

  private static Map<String, Object> copy(PlacementReport.Copy copy) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("node", copy.node());
    json.put("rack", copy.location().toString());
    json.put("role", copy.active() ? "active" : "standby");
    return json;
  }

  /** A state as answers say it. */
  static String state(PlacementReport.State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static OperationSpec spec() {
    return OperationSpec.of("explainPlacement", "cluster", "Explain where copies stand")
        .describe(
            "For every shard its copies and racks, whether they stand as the rule asks, why, and"
                + " what to do; by this node's newest routing table.")
        .answers(200, "The placement as this node sees it.", Schemas.json("Placement"))
        .example("all", Map.of(), 200);
  }
}
