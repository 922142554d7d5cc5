package dev.weir.query.http;

import dev.weir.query.LocalNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What ingest is doing on this node. */
final class SourcesRoute {
  private final LocalNode node;

  SourcesRoute(LocalNode node) {
    this.node = node;
  }

  Route route() {
    return new Route("GET", new PathTemplate("/v1/sources"), spec(), this::list);
  }

  private CompletableFuture<Answer> list(Call call) {
    var rows = node.sources().stream().map(SourcesRoute::row).toList();
    return CompletableFuture.completedFuture(
        Answer.json(Map.of("sources", rows)).header("Cache-Control", "no-store"));
  }

  private static Map<String, Object> row(LocalNode.SourceStatus source) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", source.name());
    row.put("topic", source.topic());
    row.put("collection", source.collection());
    row.put("state", source.state().name().toLowerCase(Locale.ROOT));
    row.put("detail", source.detail());
    row.put("partitions", source.partitions());
    row.put("lag", source.lag() < 0 ? null : source.lag());
    row.put("records", source.records());
    row.put("deadLetters", source.deadLetters());
    return row;
  }

  private static OperationSpec spec() {
    return OperationSpec.of("listSources", "sources", "Show what ingest is doing on this node")
        .describe("Every source with the partitions this node reads; other nodes read the others.")
        .answers(200, "The sources.", Schemas.json("Sources"))
        .example("all", Map.of(), 200);
  }
}
