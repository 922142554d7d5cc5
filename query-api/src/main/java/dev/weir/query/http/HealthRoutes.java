package dev.weir.query.http;

import dev.weir.query.LocalNode;
import dev.weir.store.placement.PlacementReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Liveness and readiness, as orchestrators ask for them. */
final class HealthRoutes {
  private static final String TAG = "operation";

  private final LocalNode node;
  private final BooleanSupplier draining;

  /**
   * The probes of a node.
   *
   * @param draining whether the server is on its way down
   */
  HealthRoutes(LocalNode node, BooleanSupplier draining) {
    this.node = node;
    this.draining = draining;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", new PathTemplate("/healthz/live"), liveSpec(), this::live),
        new Route("GET", new PathTemplate("/healthz/ready"), readySpec(), this::ready));
  }

  private CompletableFuture<Answer> live(Call call) {
    return answer(200, Map.of("status", "live"));
  }

  private CompletableFuture<Answer> ready(Call call) {
    if (draining.getAsBoolean()) {
      return answer(503, notReady(List.of("the node is shutting down")));
    }
    LocalNode.Readiness readiness = node.readiness();
    return readiness.ready()
        ? answer(200, Map.of("status", "ready", "reasons", List.of(), "warnings", warnings()))
        : answer(503, notReady(readiness.reasons()));
  }

  /** What an operator should know although requests are answered. */
  private List<String> warnings() {
    PlacementReport placement = node.placement();
    List<String> warnings = new ArrayList<>(node.warnings());
    if (placement.underReplicated() > 0) {
      warnings.add(
          placement.underReplicated()
              + " shards have fewer than "
              + placement.replicas()
              + " copies in different places: see /v1/cluster/placement");
    }
    if (placement.misplaced() > 0) {
      warnings.add(
          placement.misplaced()
              + " shards have copies side by side in one place: see /v1/cluster/placement");
    }
    return warnings;
  }

  private static Map<String, Object> notReady(List<String> reasons) {
    return Map.of("status", "not ready", "reasons", reasons);
  }

  private static CompletableFuture<Answer> answer(int status, Map<String, Object> body) {
    return CompletableFuture.completedFuture(
        Answer.json(body).status(status).header("Cache-Control", "no-store"));
  }

  private static OperationSpec liveSpec() {
    return OperationSpec.of("live", TAG, "Whether the process is alive")
        .describe("Says nothing about Kafka or the shards: a node that restores is alive.")
        .answeredDirectly()
        .answers(200, "It is.", Schemas.json("Health"))
        .example("probe", Map.of(), 200);
  }

  private static OperationSpec readySpec() {
    return OperationSpec.of("ready", TAG, "Whether requests should be sent here")
        .describe("False until the owner of every shard is known, and while shutting down.")
        .answeredDirectly()
        .answers(200, "They should.", Schemas.json("Health"))
        .answers(503, "They should not; `reasons` says why.", Schemas.json("Health"))
        .example("probe", Map.of(), 200);
  }
}
