package dev.weir.query.http;

import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.http.OperationSpec.Body;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ValueFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One document by its key: get, put, delete. */
final class DocumentRoutes {
  static final String PATH = "/v1/collections/{collection}/documents/{key...}";
  static final String TAG = "documents";
  static final String TIMESTAMP = "Weir-Timestamp";

  private static final Parameter COLLECTION =
      Parameter.path("collection", "Name of the collection.");
  private static final Parameter KEY =
      Parameter.path(
          "key",
          "The key in its textual form, percent-encoded once. Everything behind `documents/`"
              + " belongs to it, slashes, dots and nothing at all included; a tuple is a JSON"
              + " array.");
  private static final Map<String, String> EXAMPLE =
      Map.of("collection", "note", "key", "a/b c%.txt");

  private final Database database;
  private final Collections collections;
  private final int maxDocumentBytes;

  DocumentRoutes(Database database, Collections collections, int maxDocumentBytes) {
    this.database = database;
    this.collections = collections;
    this.maxDocumentBytes = maxDocumentBytes;
  }

  List<Route> routes() {
    PathTemplate path = new PathTemplate(PATH);
    return List.of(
        new Route("PUT", path, putSpec(), this::put),
        new Route("GET", path, getSpec(), this::get),
        new Route("DELETE", path, deleteSpec(), this::delete));
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

  private CompletableFuture<Answer> put(Call call) throws ProblemException {
    refuseConditions(call);
    CollectionDefinition collection = collections.of(call);
    Key key = collections.key(call, collection);
    refuseSourceFed(collection);
    ValueFormat format = Values.format(collection);
    Bodies.requireType(call.incoming(), List.of(format.contentType()));
    byte[] value = Values.accept(collection, format, call.body(maxDocumentBytes));
    return submit(call, new Operation.Put(collection.id(), key, value));
  }

  private CompletableFuture<Answer> delete(Call call) throws ProblemException {
    refuseConditions(call);
    CollectionDefinition collection = collections.of(call);
    Key key = collections.key(call, collection);
    refuseSourceFed(collection);
    return submit(call, new Operation.Delete(collection.id(), key));
  }

  private CompletableFuture<Answer> submit(Call call, Operation operation) {
    String path = call.incoming().rawPath();
    return database
        .submit(operation)
        .thenApply(
            result -> {
              if (result instanceof Result.Failure<Outcome> failure) {
                return Refusals.problem(failure.refusal()).answer(path);
              }
              var success = (Result.Success<Outcome>) result;
              return ServedBy.headers(
                  written(success.value(), path), success.sources(), Levels.brought(call));
            });
  }

  private static Answer written(Outcome outcome, String path) {
    if (outcome instanceof Outcome.Stored stored) {
      return Answer.empty(stored.created() ? 201 : 200)
          .header("ETag", '"' + stored.version().text() + '"');
    }
    return outcome instanceof Outcome.Rejected rejected
        ? Refusals.problem(rejected).answer(path)
        : Answer.empty(204);
  }

  /** Refused here already, so that nothing reaches the log; the fold would refuse it too. */
  private static void refuseSourceFed(CollectionDefinition collection) throws ProblemException {
    if (collection.writer() == CollectionDefinition.Writer.SOURCE) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.WRITER_IS_SOURCE,
                  "The collection '%s' has `writer: source`, to protect the source's truth."
                      .formatted(collection.name()))
              .with("collection", collection.name()));
    }
  }

  /** A condition that is ignored would overwrite what the caller wants to protect. */
  private static void refuseConditions(Call call) throws ProblemException {
    for (String header : List.of("If-Match", "If-None-Match", "If-Unmodified-Since")) {
      if (call.header(header) != null) {
        throw new ProblemException(
            Problem.of(
                    ProblemType.PRECONDITION_NOT_SUPPORTED,
                    "The write carries the condition %s, which this version does not check."
                        .formatted(header))
                .with("header", header));
      }
    }
  }

  private static OperationSpec getSpec() {
    return OperationSpec.of("getDocument", TAG, "Get a document")
        .describe(
            "The bare document as it is stored. `ETag` is its version, `Weir-Timestamp` the"
                + " milliseconds since the epoch of the event that made it.")
        .answeredDirectly()
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
            Levels.HEADER)
        .answers(304, "The caller has this version.", List.of(), "ETag", ServedBy.POSITION)
        .refuses(ProblemType.UNKNOWN_COLLECTION, ProblemType.DOCUMENT_NOT_FOUND)
        .refuses(ProblemType.OVERLOADED)
        .refuses(ProblemType.INVALID_KEY, ProblemType.NOT_ACCEPTABLE)
        .refuses(Levels.PROBLEMS)
        .example("a note", EXAMPLE, 200);
  }

  private OperationSpec putSpec() {
    return OperationSpec.of("putDocument", TAG, "Put a document")
        .describe(
            "Answered once the owner has applied it. The body is checked against the collection's"
                + " format and JSON Schema and holds at most %d bytes.".formatted(maxDocumentBytes))
        .lane(Lane.WRITE)
        .takes(COLLECTION, KEY)
        .reads(Schemas.documentBodies().toArray(Body[]::new))
        .answers(200, "Put in place of the old one.", List.of(), WRITE_HEADERS)
        .answers(201, "Put where there was none.", List.of(), WRITE_HEADERS)
        .refuses(ProblemType.UNKNOWN_COLLECTION, ProblemType.INVALID_KEY)
        .refuses(ProblemType.INVALID_VALUE, ProblemType.INVALID_DOCUMENT)
        .refuses(ProblemType.WRITER_IS_SOURCE, ProblemType.BODY_TOO_LARGE)
        .refuses(ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.PRECONDITION_NOT_SUPPORTED)
        .refuses(ProblemType.LOG_UNAVAILABLE)
        .example("a note", EXAMPLE, Json.CONTENT_TYPE, "{\"text\":\"Bring milk\"}", 201);
  }

  private static final String[] WRITE_HEADERS = {"ETag", ServedBy.POSITION, ServedBy.NODE};

  private static OperationSpec deleteSpec() {
    return OperationSpec.of("deleteDocument", TAG, "Delete a document")
        .describe("Answered once the owner has applied it; the same if there was none.")
        .lane(Lane.WRITE)
        .takes(COLLECTION, KEY)
        .answers(204, "It is gone.", List.of(), ServedBy.POSITION, ServedBy.NODE)
        .refuses(ProblemType.UNKNOWN_COLLECTION, ProblemType.INVALID_KEY)
        .refuses(ProblemType.WRITER_IS_SOURCE, ProblemType.PRECONDITION_NOT_SUPPORTED)
        .refuses(ProblemType.LOG_UNAVAILABLE)
        .example("a note", EXAMPLE, 204);
  }
}
