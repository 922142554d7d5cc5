package dev.weir.query.http;

import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.search.Explanation;
import dev.weir.query.search.Measures;
import dev.weir.query.search.Totals;
import dev.weir.query.search.Totals.Totalled;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Aggregated;
import dev.weir.store.SearchQuery.Group;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What documents come to: counts, sums, least, greatest and mean values, by the values of a field.
 */
final class AggregateRoute {
  private static final String PATH = "/v1/collections/{collection}/aggregate";

  private final Database database;
  private final Collections collections;

  AggregateRoute(Database database, Collections collections) {
    this.database = database;
    this.collections = collections;
  }

  Route route() {
    return new Route("GET", new PathTemplate(PATH), spec(), this::total);
  }

  private CompletableFuture<Answer> total(Call call) throws ProblemException {
    MediaTypes.choose(call.header("Accept"), List.of(Json.CONTENT_TYPE));
    CollectionDefinition collection = collections.of(call);
    boolean partial = call.query().flag(Parts.PARAMETER, false);
    ReadOptions options = Levels.of(call, collection).allowPartial(partial);
    SearchParameters parameters = new SearchParameters(call.query(), collection);
    Aggregate query =
        new Aggregate(
            collection.id(),
            ScanRequest.range(call.query(), collection),
            parameters.filter(),
            parameters.groupBy(),
            parameters.measures(),
            null,
            1,
            database.searchLimits().scans());
    boolean explain = parameters.explain();
    parameters.end();
    Totals totals =
        new Totals(
            piece -> database.ask(piece, options).join(),
            database.searchLimits(),
            database.shards().shards());
    Totalled totalled = totals.total(query);
    String path = call.incoming().rawPath();
    Answer answer =
        totalled instanceof Totalled.Complete complete
            ? answer(query, complete.result(), explain, options)
            : problem(totalled).answer(path);
    return CompletableFuture.completedFuture(answer);
  }

  private static Problem problem(Totalled totalled) {
    if (totalled instanceof Totalled.Refused refused) {
      return Refusals.problem(refused.refusal());
    }
    Totalled.TooMuch much = (Totalled.TooMuch) totalled;
    return Problem.of(
            ProblemType.QUERY_TOO_LARGE,
            "The answer is made of more than %d %s.".formatted(much.most(), much.what()))
        .with("what", much.what())
        .with("limit", much.most());
  }

  private static Answer answer(
      Aggregate query, Result<Aggregated> result, boolean explain, ReadOptions options) {
    Parts<Aggregated> parts = Parts.of(result);
    Map<String, Object> json = new LinkedHashMap<>();
    List<Group> groups = Measures.groups(query, parts.value());
    json.put("groups", groups.stream().map(group -> group(query, group)).toList());
    if (explain) {
      json.put("explain", Explanation.of(query.filter(), parts.value().plans(), parts.sources()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      byte[] members = Json.bytes(json);
      out.write(members, 0, members.length - 1);
      if (options.partial()) {
        Parts.write(parts.missing(), out);
      }
      out.write('}');
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing that is written to memory
    }
    Answer answer = Answer.bytes(200, Json.CONTENT_TYPE, out.toByteArray());
    return ServedBy.headers(
        Parts.header(answer, parts.missing()), parts.sources(), options.token());
  }

  private static Map<String, Object> group(Aggregate query, Group group) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (query.groupBy() != null) {
      json.put("key", Measures.value(group.value()));
      if (group.value() == null) {
        json.put("other", true);
      }
    }
    json.putAll(Measures.of(query, group));
    return json;
  }

  private OperationSpec spec() {
    return OperationSpec.of("aggregateDocuments", DocumentRoutes.TAG, "Count and sum documents")
        .describe(
            "What the documents of a range that match a filter come to, together or by the values"
                + " of one field, in the order of these values. Numbers are summed exactly; what is"
                + " not a number is left out and counted under `skipped`. Everything is computed"
                + " where the documents are.")
        .lane(Lane.SCATTER)
        .takes(Parameter.path("collection", "Name of the collection."))
        .takes(Levels.parameters())
        .takes(Parts.parameter(), SearchParameters.filterParameter())
        .takes(ScanRequest.rangeParameters())
        .takes(
            Parameter.query(
                SearchParameters.GROUP_BY,
                Schemas.TEXT,
                "Field whose values part the documents, such as `address.city`."),
            Parameter.query(
                SearchParameters.MEASURES,
                Schemas.TEXT,
                "What is wanted of each group: `count`, `count(field)`, `sum(field)`, `min(field)`,"
                    + " `max(field)`, `avg(field)`, with commas; else `count`."),
            SearchParameters.explainParameter())
        .answers(
            200,
            "The groups.",
            Schemas.json("Groups"),
            ServedBy.POSITION,
            ServedBy.NODE,
            Levels.HEADER,
            Incomplete.HEADER)
        .refuses(ProblemType.UNKNOWN_COLLECTION, ProblemType.INVALID_KEY)
        .refuses(ProblemType.INVALID_PARAMETER, ProblemType.NOT_ACCEPTABLE)
        .refuses(ProblemType.INVALID_EXPRESSION, ProblemType.INVALID_FIELD)
        .refuses(ProblemType.SCAN_REFUSED, ProblemType.QUERY_TOO_LARGE)
        .refuses(Levels.PROBLEMS)
        .example("how many", Map.of("collection", "note", "filter", "n > 1"), 200)
        .example(
            "by a field",
            Map.of("collection", "note", "groupBy", "kind", "measures", "count, sum(n)"),
            200);
  }
}
