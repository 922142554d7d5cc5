package dev.weir.query.http;

import dev.weir.query.Cursors;
import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.Resumption;
import dev.weir.query.search.Lists;
import dev.weir.query.search.Measures;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Fault;
import dev.weir.store.IndexDefinition;
import dev.weir.store.KeyCodec;
import dev.weir.store.SearchQuery.Duplicates;
import dev.weir.store.SearchQuery.Occurrence;
import dev.weir.store.SearchQuery.Occurrences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Values of an index that more than one document has, over all shards. */
final class DuplicatesRoute {
  private static final String PATH = "/v1/collections/{collection}/indexes/{index}/duplicates";
  private static final int USUAL_LIMIT = 100;

  /** So many values of each shard are looked at with one call. */
  private static final int PIECE = 2_000;

  private final Database database;
  private final Collections collections;
  private final Cursors cursors;
  private final int maxItems;

  DuplicatesRoute(Database database, Collections collections, Cursors cursors, int maxItems) {
    this.database = database;
    this.collections = collections;
    this.cursors = cursors;
    this.maxItems = maxItems;
  }

  Route route() {
    return new Route("GET", new PathTemplate(PATH), spec(), this::page);
  }

  private CompletableFuture<Answer> page(Call call) throws ProblemException {
    MediaTypes.choose(call.header("Accept"), List.of(Json.CONTENT_TYPE));
    CollectionDefinition collection = collections.of(call);
    IndexDefinition index = index(collection, call.path("index"));
    int limit = call.query().integer("limit", 1, maxItems, USUAL_LIMIT);
    ReadOptions options = Levels.of(call, collection);
    Duplicates whole = new Duplicates(collection.id(), index.id(), null, PIECE);
    Optional<String> cursor = call.query().text(ScanRequest.CURSOR);
    byte[] after = cursor.isEmpty() ? null : resume(cursor.get(), whole);
    return CompletableFuture.completedFuture(
        read(collection, whole, after, limit, options, call.incoming().rawPath()));
  }

  private Answer read(
      CollectionDefinition collection,
      Duplicates whole,
      byte @Nullable [] from,
      int limit,
      ReadOptions options,
      String path) {
    List<Occurrence> found = new ArrayList<>();
    byte[] next = from;
    ReadOptions now = options;
    List<Result.Source> sources = List.of();
    int pieces =
        Math.max(1, database.searchLimits().rowsOfEach(database.shards().shards()) / PIECE);
    do {
      Duplicates piece = new Duplicates(whole.collection(), whole.index(), next, PIECE);
      Result<Occurrences> result = database.ask(piece, now).join();
      if (!(result instanceof Result.Success<Occurrences> success)) {
        return Refusals.problem(((Result.Failure<Occurrences>) result).refusal()).answer(path);
      }
      sources = success.sources();
      now = now.after(sources);
      found.addAll(success.value().values());
      next = success.value().next();
      pieces--;
    } while (next != null && found.size() < limit && pieces > 0);
    if (found.size() > limit) {
      found = found.subList(0, limit);
      next = found.get(limit - 1).place();
    }
    KeyCodec keys = KeyCodec.of(collection.keyType());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("items", found.stream().map(each -> item(each, keys)).toList());
    json.put("cursor", next == null ? null : cursors.issue(Lists.of(whole), next));
    return ServedBy.headers(Answer.json(json), sources, options.token());
  }

  private static Map<String, Object> item(Occurrence occurrence, KeyCodec keys) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("values", occurrence.values().stream().map(Measures::value).toList());
    json.put("documents", occurrence.documents());
    json.put("keys", occurrence.keys().stream().map(keys::toJson).toList());
    json.put("exact", occurrence.exact());
    return json;
  }

  private byte[] resume(String cursor, Duplicates whole) throws ProblemException {
    Resumption resumption = cursors.resume(cursor, Lists.of(whole));
    if (resumption instanceof Resumption.Behind behind) {
      return behind.place();
    }
    String why = "The cursor " + ((Resumption.Refused) resumption).fault().words() + ".";
    throw new ProblemException(
        Problem.of(ProblemType.INVALID_CURSOR, why).with("parameter", ScanRequest.CURSOR));
  }

  private IndexDefinition index(CollectionDefinition collection, String name)
      throws ProblemException {
    Optional<IndexDefinition> index = database.catalogue().index(collection.id(), name);
    if (index.isPresent()) {
      return index.get();
    }
    List<String> names =
        database.catalogue().indexes(collection.id()).stream().map(IndexDefinition::name).toList();
    Fault fault = Fault.undeclared("", "index", name, names);
    throw new ProblemException(
        Problem.of(ProblemType.UNKNOWN_INDEX, fault.toString())
            .with("collection", collection.name())
            .with("index", Texts.shorten(name)));
  }

  private OperationSpec spec() {
    return OperationSpec.of("listDuplicates", DocumentRoutes.TAG, "Values that should be unique")
        .describe(
            "The values of an index that more than one document has, in the order of the values,"
                + " with the number of these documents and the keys of at most ten of them."
                + " `cursor` goes on, also from a page that is not full. Nothing is enforced: this"
                + " is the report of an index with `unique: true`, and works for every other one.")
        .lane(Lane.SCATTER)
        .takes(
            Parameter.path("collection", "Name of the collection."),
            Parameter.path("index", "Name of the index."))
        .takes(Levels.parameters())
        .takes(
            Parameter.query(
                "limit", Schemas.integer(1, maxItems, USUAL_LIMIT), "Most items of the page."),
            Parameter.query(ScanRequest.CURSOR, Schemas.TEXT, "From the page before."))
        .answers(
            200,
            "The page.",
            Schemas.json("DuplicatesPage"),
            ServedBy.POSITION,
            ServedBy.NODE,
            Levels.HEADER,
            Incomplete.HEADER)
        .refuses(ProblemType.UNKNOWN_COLLECTION, ProblemType.UNKNOWN_INDEX)
        .refuses(ProblemType.INVALID_PARAMETER, ProblemType.INVALID_CURSOR)
        .refuses(ProblemType.NOT_ACCEPTABLE)
        .refuses(Levels.PROBLEMS)
        .example(
            "an index that there is not",
            Map.of("collection", "note", "index", "byKind", "limit", "2"),
            404);
  }
}
