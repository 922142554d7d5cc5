package dev.weir.query.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.query.ClusterView;
import dev.weir.query.Database;
import dev.weir.query.Result;
import dev.weir.store.CatalogueJson;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Role;
import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The definitions of collections and sources: shown, checked and changed on a live application. */
final class DefinitionRoutes {
  private static final String TAG = "definitions";
  private static final PathTemplate PATH = new PathTemplate("/v1/definitions");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int PAUSE_MILLIS = 50;

  private final Database database;
  private final int maxBodyBytes;

  DefinitionRoutes(Database database, int maxBodyBytes) {
    this.database = database;
    this.maxBodyBytes = maxBodyBytes;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", PATH, getSpec(), this::show),
        new Route("POST", PATH, postSpec(), this::apply));
  }

  private CompletableFuture<Answer> show(Call call) {
    ObjectNode json = CatalogueJson.toJson(database.catalogue());
    return done(Answer.json(json).header("Cache-Control", "no-cache"));
  }

  private CompletableFuture<Answer> apply(Call call) throws ProblemException {
    Bodies.requireType(call.incoming(), List.of(Json.CONTENT_TYPE));
    DefinitionRequest request = DefinitionRequest.read(Json.parse(call.body(maxBodyBytes)));
    List<String> lines = DefinitionPreview.describe(database.catalogue(), request.changes());
    if (request.dryRun() || request.changes().isEmpty()) {
      int revision = database.catalogue().revision();
      return CompletableFuture.completedFuture(
          answer(200, revision, false, request.dryRun(), lines));
    }
    String path = call.incoming().rawPath();
    return database
        .submit(new Operation.Define(request.changes()))
        .thenCompose(
            result -> {
              if (result instanceof Result.Failure<Outcome> failure) {
                return done(Refusals.problem(failure.refusal()).answer(path));
              }
              Outcome outcome = ((Result.Success<Outcome>) result).value();
              if (outcome instanceof Outcome.Defined defined) {
                return applied(defined.revision(), lines);
              }
              return outcome instanceof Outcome.Rejected rejected
                  ? done(Refusals.problem(rejected).answer(path))
                  : done(Dispatcher.failed(new IllegalStateException(outcome.toString()), path));
            });
  }

  private CompletableFuture<Answer> applied(int revision, List<String> lines) {
    return await(revision, System.nanoTime() + PATIENCE.toNanos())
        .thenApply(all -> answer(all ? 200 : 202, revision, all, false, lines));
  }

  /** Whether the active of every shard shows a revision before the deadline. */
  private CompletableFuture<Boolean> await(int revision, long deadline) {
    return database
        .cluster()
        .thenCompose(
            view -> {
              if (everywhere(view, revision)) {
                return CompletableFuture.completedFuture(true);
              }
              if (System.nanoTime() - deadline > 0) {
                return CompletableFuture.completedFuture(false);
              }
              Executor later =
                  CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
              return CompletableFuture.completedFuture(deadline)
                  .thenComposeAsync(d -> await(revision, d), later);
            });
  }

  private boolean everywhere(ClusterView view, int revision) {
    BitSet shown = new BitSet();
    for (ClusterView.Node node : view.nodes()) {
      node.shards().stream()
          .filter(s -> s.role() == Role.ACTIVE && s.catalogueRevision() >= revision)
          .forEach(s -> shown.set(s.shard()));
    }
    return shown.cardinality() == database.shards().shards();
  }

  private static Answer answer(
      int status, int revision, boolean applied, boolean dryRun, List<String> lines) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("revision", revision);
    json.put("applied", applied);
    json.put("dryRun", dryRun);
    json.put("changes", lines);
    return Answer.json(json).status(status).header("Cache-Control", "no-store");
  }

  private static CompletableFuture<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private static OperationSpec getSpec() {
    return OperationSpec.of("showDefinitions", TAG, "Show the definitions")
        .describe("Collections, edge types and sources in the words of weir.yaml.")
        .answers(200, "The definitions.", Schemas.json("Definitions"))
        .example("all", Map.of(), 200);
  }

  private static OperationSpec postSpec() {
    return OperationSpec.of(
            "applyDefinitions", TAG, "Add, change or drop collections, edge types and sources")
        .describe(
            "All or nothing. Collections, edge types and sources in the words of weir.yaml are"
                + " added or changed; the revision rises by itself. Answered once every shard shows the new"
                + " revision, or with 202 after %d s; GET tells when it is there."
                    .formatted(PATIENCE.toSeconds()))
        .reads(OperationSpec.Body.component(Json.CONTENT_TYPE, "DefinitionChanges"))
        .answers(
            200, "Every shard has it, or it was a dry run.", Schemas.json("DefinitionsApplied"))
        .answers(202, "Decided; some shards follow.", Schemas.json("DefinitionsApplied"))
        .refuses(ProblemType.INVALID_BODY, ProblemType.INVALID_DEFINITION)
        .refuses(ProblemType.BODY_TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE)
        .refuses(ProblemType.LOG_UNAVAILABLE)
        .example(
            "a dry run",
            Map.of(),
            Json.CONTENT_TYPE,
            "{\"dryRun\":true,\"collections\":[{\"name\":\"task\",\"key\":\"string\"}]}",
            200)
        .example(
            "edges, and a dry run",
            Map.of(),
            Json.CONTENT_TYPE,
            "{\"dryRun\":true,\"edges\":[{\"name\":\"refers-to\",\"from\":\"note\",\"to\":\"note\"}]}",
            200)
        .example(
            "a new collection",
            Map.of(),
            Json.CONTENT_TYPE,
            "{\"collections\":[{\"name\":\"task\",\"key\":\"tuple(string,long)\"}]}",
            200);
  }
}
