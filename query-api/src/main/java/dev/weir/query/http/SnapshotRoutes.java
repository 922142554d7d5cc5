package dev.weir.query.http;

import dev.weir.query.LocalNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The snapshots that this node makes. */
final class SnapshotRoutes {
  private static final String TAG = "snapshots";
  private static final PathTemplate PATH = new PathTemplate("/v1/snapshots");

  private final LocalNode node;

  SnapshotRoutes(LocalNode node) {
    this.node = node;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", PATH, listSpec(), call -> answer(node.snapshots())),
        new Route(
            "POST",
            PATH,
            createSpec(),
            call -> answer(node.requestSnapshots()).thenApply(answer -> answer.status(202))));
  }

  private static CompletableFuture<Answer> answer(LocalNode.Snapshots snapshots) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("repository", snapshots.repository());
    json.put("shards", snapshots.shards().stream().map(SnapshotRoutes::row).toList());
    json.put("arriving", ArrivingJson.of(snapshots.arriving()));
    return CompletableFuture.completedFuture(Answer.json(json).header("Cache-Control", "no-store"));
  }

  private static Map<String, Object> row(LocalNode.ShardSnapshot snapshot) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("shard", snapshot.shard());
    row.put("running", snapshot.running());
    row.put("id", snapshot.id());
    row.put("files", snapshot.files());
    row.put("bytes", snapshot.bytes());
    row.put("failure", snapshot.failure());
    return row;
  }

  private static OperationSpec listSpec() {
    return OperationSpec.of("listSnapshots", TAG, "Show what snapshots this node has made")
        .describe(
            "For every shard that this node is the active of: the newest snapshot it has stored"
                + " since it started, and whether one is being made. An empty repository means that"
                + " none is configured. And the shards whose state is on its way to this node.")
        .answers(200, "The snapshots.", Schemas.json("Snapshots"))
        .example("all", Map.of(), 200);
  }

  private static OperationSpec createSpec() {
    return OperationSpec.of("createSnapshots", TAG, "Make snapshots of this node's shards")
        .describe(
            "Begins to store a snapshot of every shard that this node is the active of, and says"
                + " what it began; ask again with GET how far it is.")
        .answers(202, "What was begun.", Schemas.json("Snapshots"))
        .example("all", Map.of(), 202);
  }
}
