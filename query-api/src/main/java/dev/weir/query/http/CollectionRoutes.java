package dev.weir.query.http;

import dev.weir.query.Database;
import dev.weir.query.Result;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The collections with their counts. */
final class CollectionRoutes {
  private static final String COUNTS = "counts";

  private final Database database;

  CollectionRoutes(Database database) {
    this.database = database;
  }

  Route route() {
    return new Route("GET", new PathTemplate("/v1/collections"), spec(), this::list);
  }

  private CompletableFuture<Answer> list(Call call) throws ProblemException {
    boolean counts = call.query().flag(COUNTS, true);
    List<CompletableFuture<Map<String, Object>>> rows = new ArrayList<>();
    for (CollectionDefinition collection : database.catalogue().collections()) {
      rows.add(counts ? counted(collection) : CompletableFuture.completedFuture(row(collection)));
    }
    return CompletableFuture.allOf(rows.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done ->
                Answer.json(
                        Map.of("collections", rows.stream().map(CompletableFuture::join).toList()))
                    .header("Cache-Control", "no-cache"));
  }

  /** A shard that does not answer leaves its collections listed, without a count. */
  private CompletableFuture<Map<String, Object>> counted(CollectionDefinition collection) {
    return database
        .ask(new Query.Count(collection.id()))
        .thenApply(
            result -> {
              Map<String, Object> row = row(collection);
              if (result instanceof Result.Success<Long> success) {
                row.put("count", success.value());
              } else {
                Problem problem = Refusals.problem(((Result.Failure<Long>) result).refusal());
                row.put("count", null);
                row.put("problem", problem.document());
              }
              return row;
            });
  }

  private Map<String, Object> row(CollectionDefinition collection) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", collection.name());
    row.put("keyType", collection.keyType().text());
    row.put("format", collection.format());
    row.put("writer", collection.writer().name().toLowerCase(Locale.ROOT));
    CollectionDefinition.Edge edge = collection.edge();
    if (edge != null) {
      row.put("from", edge.from());
      row.put("to", edge.to());
    }
    row.put("consistency", collection.consistency().text());
    row.put("shards", database.shards().shards());
    return row;
  }

  private static OperationSpec spec() {
    return OperationSpec.of("listCollections", "collections", "List the collections")
        .describe(
            "With the number of documents, exact at some moment during the call; where a shard"
                + " does not answer, `count` is null and `problem` says why.")
        .takes(
            Parameter.query(
                COUNTS, Schemas.flag(true), "Whether to count; false answers without asking."))
        .answers(200, "All collections.", Schemas.json("Collections"))
        .refuses(ProblemType.INVALID_PARAMETER)
        .example("all", Map.of(), 200)
        .example("names only", Map.of(COUNTS, "false"), 200);
  }
}
