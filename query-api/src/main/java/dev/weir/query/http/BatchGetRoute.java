package dev.weir.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Document;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.Query;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Many documents by their keys, in the order of the keys. */
final class BatchGetRoute {
  private static final String PATH = "/v1/collections/{collection}/batch-get";
  private static final String SHAPE = "The body is to be an object {\"keys\":[…]}";

  private final Database database;
  private final Collections collections;
  private final HttpSettings.Limits limits;

  BatchGetRoute(Database database, Collections collections, HttpSettings.Limits limits) {
    this.database = database;
    this.collections = collections;
    this.limits = limits;
  }

  Route route() {
    return new Route("POST", new PathTemplate(PATH), spec(), this::get);
  }

  private CompletableFuture<Answer> get(Call call) throws ProblemException {
    CollectionDefinition collection = collections.of(call);
    MediaTypes.choose(call.header("Accept"), List.of(Json.CONTENT_TYPE));
    Bodies.requireType(call.incoming(), List.of(Json.CONTENT_TYPE));
    List<Key> keys = keys(Json.parse(call.body(limits.requestBytes())), collection);
    boolean partial = call.query().flag(Parts.PARAMETER, false);
    ReadOptions options = Levels.of(call, collection).allowPartial(partial);
    if (keys.isEmpty()) {
      Parts<List<Optional<Document>>> nothing = new Parts<>(List.of(), List.of(), new TreeMap<>());
      return CompletableFuture.completedFuture(answer(keys, nothing, collection, partial));
    }
    String path = call.incoming().rawPath();
    return database
        .ask(new Query.MultiGet(collection.id(), keys), options)
        .thenApply(
            result -> {
              if (result instanceof Result.Failure<List<Optional<Document>>> failure) {
                return Refusals.problem(failure.refusal()).answer(path);
              }
              var parts = Parts.of(result);
              long bytes = bytes(parts.value());
              if (bytes > limits.batchBytes()) {
                return tooLarge(bytes).answer(path);
              }
              Answer answer = answer(keys, parts, collection, partial);
              return ServedBy.headers(
                  Parts.header(answer, parts.missing()), parts.sources(), options.token());
            });
  }

  private List<Key> keys(JsonNode body, CollectionDefinition collection) throws ProblemException {
    JsonNode array = body.path("keys");
    if (!array.isArray() || body.size() != 1) {
      throw new ProblemException(ProblemType.INVALID_BODY, SHAPE + " and nothing else.");
    }
    if (array.size() > limits.batchKeys()) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.INVALID_BODY,
                  "The body asks for %d keys; at most %d are taken at once."
                      .formatted(array.size(), limits.batchKeys()))
              .with("limit", limits.batchKeys()));
    }
    KeyCodec codec = KeyCodec.of(collection.keyType());
    List<Key> keys = new ArrayList<>(array.size());
    for (JsonNode json : array) {
      try {
        keys.add(collections.checked(codec.fromJson(json), collection));
      } catch (InvalidKeyException e) {
        Problem problem = Collections.invalid(e, collection).problem();
        throw new ProblemException(problem.with("index", keys.size()));
      }
    }
    return keys;
  }

  private static long bytes(List<Optional<Document>> documents) {
    return documents.stream().mapToLong(d -> d.map(found -> found.value().length).orElse(0)).sum();
  }

  private Problem tooLarge(long bytes) {
    return Problem.of(
            ProblemType.ANSWER_TOO_LARGE,
            "The documents have %d bytes together; at most %d are answered at once."
                .formatted(bytes, limits.batchBytes()))
        .with("limit", limits.batchBytes());
  }

  private Answer answer(
      List<Key> keys,
      Parts<List<Optional<Document>>> parts,
      CollectionDefinition collection,
      boolean partial) {
    return Answer.stream(
        Json.CONTENT_TYPE,
        out -> {
          write(keys, parts, collection, out);
          if (partial) {
            Parts.write(parts.missing(), out);
          }
          out.write('}');
        },
        () -> {});
  }

  private void write(
      List<Key> keys,
      Parts<List<Optional<Document>>> parts,
      CollectionDefinition collection,
      OutputStream out)
      throws IOException {
    Items items = new Items(collection);
    out.write(Items.ascii("{\"items\":["));
    for (int i = 0; i < keys.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      Optional<Document> document = parts.value().get(i);
      if (document.isPresent()) {
        items.found(document.get(), out);
      } else if (parts.missing().containsKey(database.shards().shardOf(collection, keys.get(i)))) {
        items.unknown(keys.get(i), out);
      } else {
        items.missing(keys.get(i), out);
      }
    }
    out.write(']');
  }

  private OperationSpec spec() {
    return OperationSpec.of("batchGet", DocumentRoutes.TAG, "Get many documents by their keys")
        .describe(
            "One item for every key, in the order of the keys, with `found` true or false, or null"
                + " for keys whose shard is missing from a partial answer. At most"
                + " %d keys in their JSON form; a key given twice is answered twice."
                    .formatted(limits.batchKeys()))
        .lane(Lane.BATCH)
        .takes(Parameter.path("collection", "Name of the collection."))
        .takes(Levels.parameters())
        .takes(Parts.parameter())
        .reads(OperationSpec.Body.component(Json.CONTENT_TYPE, "BatchGet"))
        .answers(
            200,
            "An item for every key.",
            Schemas.json("Batch"),
            ServedBy.POSITION,
            ServedBy.NODE,
            Levels.HEADER,
            Incomplete.HEADER)
        .refuses(ProblemType.UNKNOWN_COLLECTION, ProblemType.INVALID_KEY)
        .refuses(ProblemType.INVALID_BODY, ProblemType.BODY_TOO_LARGE)
        .refuses(ProblemType.ANSWER_TOO_LARGE)
        .refuses(ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.NOT_ACCEPTABLE)
        .refuses(Levels.PROBLEMS)
        .example(
            "two notes",
            Map.of("collection", "note"),
            Json.CONTENT_TYPE,
            "{\"keys\":[\"a/b c%.txt\",\"nowhere\"]}",
            200);
  }
}
