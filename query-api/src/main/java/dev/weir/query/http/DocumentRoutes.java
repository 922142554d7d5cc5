package dev.weir.query.http;

import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.Query;
import dev.weir.store.ValueFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One document by its key: get here, and what writes it in {@link WriteRoutes}. */
final class DocumentRoutes {
  static final String PATH = "/v1/collections/{collection}/documents/{key...}";
  static final String TAG = "documents";
  static final String TIMESTAMP = "Weir-Timestamp";

  static final Parameter COLLECTION = Parameter.path("collection", "Name of the collection.");
  static final Parameter KEY =
      Parameter.path(
          "key",
          "The key in its textual form, percent-encoded once. Everything behind `documents/`"
              + " belongs to it, slashes, dots and nothing at all included; a tuple is a JSON"
              + " array.");
  private static final Map<String, String> EXAMPLE =
      Map.of("collection", "note", "key", "a/b c%.txt");

  private final Database database;
  private final Collections collections;
  private final WriteRoutes writes;

  DocumentRoutes(Database database, Collections collections, WriteRoutes writes) {
    this.database = database;
    this.collections = collections;
    this.writes = writes;
  }

  /** The example's document with one more parameter. */
  static Map<String, String> example(String name, String value) {
    Map<String, String> values = new LinkedHashMap<>(EXAMPLE);
    values.put(name, value);
    return values;
  }

  List<Route> routes() {
    PathTemplate path = new PathTemplate(PATH);
    return List.of(
        writes.put(path),
        writes.patch(path),
        new Route("GET", path, getSpec(), this::get),
        writes.delete(path));
  }

  private CompletableFuture<Answer> get(Call call) throws ProblemException {
    CollectionDefinition collection = collections.of(call);
    Key key = collections.key(call, collection);
    ValueFormat format = Values.format(collection);
    MediaTypes.choose(call.header("Accept"), List.of(format.contentType()));
    String ifNoneMatch = call.header("If-None-Match");
    String path = call.incoming().rawPath();
    ReadOptions options = Levels.of(call, collection);
    return database
        .ask(new Query.Get(collection.id(), key), options)
        .thenApply(
            result -> {
              if (result instanceof Result.Failure<Optional<Document>> failure) {
                return Refusals.problem(failure.refusal()).answer(path);
              }
              var success = (Result.Success<Optional<Document>>) result;
              Answer answer =
                  success
                      .value()
                      .map(document -> found(document, format, ifNoneMatch))
                      .orElseGet(() -> missing(collection, call));
              return ServedBy.headers(answer, success.sources(), options.token());
            });
  }

  private static Answer found(Document document, ValueFormat format, @Nullable String ifNoneMatch) {
    String etag = '"' + document.version().text() + '"';
    boolean known = ifNoneMatch != null && EntityTags.anyMatches(ifNoneMatch, etag);
    Answer answer =
        known ? Answer.empty(304) : Answer.bytes(200, format.contentType(), document.value());
    return answer
        .header("ETag", etag)
        .header(TIMESTAMP, Long.toString(document.timestamp()))
        .header("Cache-Control", "no-cache");
  }

  private static Answer missing(CollectionDefinition collection, Call call) {
    return Problem.of(
            ProblemType.DOCUMENT_NOT_FOUND,
            "The collection '%s' has no document under the key.".formatted(collection.name()))
        .with("collection", collection.name())
        .answer(call.incoming().rawPath());
  }

  private static OperationSpec getSpec() {
    return OperationSpec.of("getDocument", TAG, "Get a document")
        .describe(
            "The bare document as it is stored. `ETag` is its version, `Weir-Timestamp` the"
                + " milliseconds since the epoch of the event that made it.")
        .answeredDirectlyIfInTime()
        .mayTakeLong()
        .takes(COLLECTION, KEY, Parameter.header("If-None-Match", "ETags the caller has already."))
        .takes(Levels.parameters())
        .answers(
            200,
            "The document.",
            Schemas.documentBodies(),
            "ETag",
            TIMESTAMP,
            ServedBy.POSITION,
            ServedBy.NODE,
            Levels.HEADER,
            Incomplete.HEADER)
        .answers(304, "The caller has this version.", List.of(), "ETag", ServedBy.POSITION)
        .refuses(ProblemType.UNKNOWN_COLLECTION, ProblemType.DOCUMENT_NOT_FOUND)
        .refuses(ProblemType.OVERLOADED)
        .refuses(ProblemType.INVALID_KEY, ProblemType.NOT_ACCEPTABLE)
        .refuses(Levels.PROBLEMS)
        .example("a note", EXAMPLE, 200);
  }
}
