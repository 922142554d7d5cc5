package dev.weir.query.http;

import dev.weir.query.Database;
import dev.weir.query.check.EdgeCheck;
import dev.weir.query.check.EdgeReport;
import dev.weir.query.check.RefusedCheckException;
import dev.weir.store.CollectionDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Proves that both ends of all edges, and all degrees, agree. */
final class GraphCheckRoute {
  private static final String EDGES = "edges";
  private static final String PATIENCE = "patience";
  private static final int MOST_SECONDS = 600;
  private static final int SECONDS = 5;

  private final Database database;
  private final Collections collections;

  GraphCheckRoute(Database database, Collections collections) {
    this.database = database;
    this.collections = collections;
  }

  Route route() {
    return new Route("POST", new PathTemplate("/v1/graph/check"), spec(), this::check);
  }

  private CompletableFuture<Answer> check(Call call) throws ProblemException {
    Duration patience =
        Duration.ofSeconds(call.query().integer(PATIENCE, 0, MOST_SECONDS, SECONDS));
    List<CollectionDefinition> types = types(call.query().text(EDGES));
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    // It reads everything and waits in between: a thread of its own, for as long as that takes.
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(answer(new EdgeCheck(database, patience), types));
              } catch (ProblemException | RuntimeException e) {
                answer.completeExceptionally(e);
              }
            },
            "weir-graph-check");
    thread.setDaemon(true);
    thread.start();
    return answer;
  }

  private List<CollectionDefinition> types(Optional<String> name) throws ProblemException {
    List<CollectionDefinition> types = new ArrayList<>();
    if (name.isPresent()) {
      types.add(collections.named(name.get()));
    } else {
      types.addAll(database.catalogue().collections());
      types.removeIf(each -> each.edge() == null);
    }
    if (types.stream().anyMatch(each -> each.edge() == null)) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.INVALID_PARAMETER,
                  "'%s' are documents, not edges.".formatted(types.get(0).name()))
              .with("parameter", EDGES));
    }
    return types;
  }

  private static Answer answer(EdgeCheck check, List<CollectionDefinition> types)
      throws ProblemException {
    List<Map<String, Object>> reports = new ArrayList<>();
    boolean sound = true;
    try {
      for (CollectionDefinition type : types) {
        EdgeReport report = check.check(type);
        sound &= report.sound();
        reports.add(json(report));
      }
    } catch (RefusedCheckException e) {
      throw new ProblemException(Refusals.problem(e.refusal()));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sound", sound);
    json.put("edges", reports);
    return Answer.json(json).header("Cache-Control", "no-store");
  }

  private static Map<String, Object> json(EdgeReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", report.edges());
    json.put("counted", report.counted());
    json.put("sound", report.sound());
    json.put("differences", report.differences().stream().map(GraphCheckRoute::json).toList());
    json.put("miscounts", report.miscounts().stream().map(GraphCheckRoute::json).toList());
    return json;
  }

  private static Map<String, Object> json(EdgeReport.Difference difference) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("edge", difference.edge());
    json.put("what", difference.what());
    return json;
  }

  private static Map<String, Object> json(EdgeReport.Miscounted miscounted) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("vertex", miscounted.vertex());
    json.put("side", miscounted.side());
    json.put("degree", miscounted.degree());
    json.put("edges", miscounted.edges());
    return json;
  }

  private static OperationSpec spec() {
    return OperationSpec.of("checkGraph", "graph", "Prove that both ends of all edges agree")
        .describe(
            "Compares what the shard of either end holds of every edge, and every degree with the"
                + " edges it counts, while the database is in use. What was on its way between two"
                + " shards looks like a difference for a moment: one counts if it has not changed"
                + " for the patience. Names up to 1,000 differences of each kind and edge type.")
        .takes(Parameter.query(EDGES, Schemas.TEXT, "The only edge type to check."))
        .takes(
            Parameter.query(
                PATIENCE,
                Schemas.integer(0, MOST_SECONDS, SECONDS),
                "Seconds for which a difference must last."))
        .mayTakeLong()
        .answers(200, "What was found.", Schemas.json("GraphCheck"))
        .refuses(ProblemType.INVALID_PARAMETER, ProblemType.UNKNOWN_COLLECTION)
        .example("all", Map.of(), 200);
  }
}
