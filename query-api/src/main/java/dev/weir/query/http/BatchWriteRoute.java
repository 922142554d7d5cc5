package dev.weir.query.http;

import dev.weir.query.Database;
import dev.weir.store.Ack;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Several writes of one shard, all or none, as one record of its log. */
final class BatchWriteRoute {
  private static final String PATH = "/v1/batch";

  private final Database database;
  private final BatchRequest requests;
  private final int maxBodyBytes;

  BatchWriteRoute(Database database, Collections collections, int maxBodyBytes) {
    this.database = database;
    this.requests = new BatchRequest(database, collections);
    this.maxBodyBytes = maxBodyBytes;
  }

  Route route() {
    return new Route("POST", new PathTemplate(PATH), spec(), this::write);
  }

  private CompletableFuture<Answer> write(Call call) throws ProblemException {
    WriteTerms terms = WriteTerms.of(call).withoutCondition();
    MediaTypes.choose(call.header("Accept"), List.of(Json.CONTENT_TYPE));
    Bodies.requireType(call.incoming(), List.of(Json.CONTENT_TYPE));
    Operation.Batch batch = requests.read(Json.parse(call.body(maxBodyBytes)), terms.ack());
    return WriteAnswers.to(
        call, database.submit(terms.once(batch), terms.ack()), BatchWriteRoute::answer);
  }

  private static Answer answer(Outcome outcome, String path) {
    if (outcome instanceof Outcome.Repeated repeated) {
      return answer(repeated.kept(), path).header(WriteAnswers.REPLAYED, "true");
    }
    if (outcome instanceof Outcome.Batched batched) {
      List<Map<String, Object>> results = new ArrayList<>();
      batched.outcomes().forEach(one -> results.add(result(one)));
      return Answer.json(Map.of("results", results));
    }
    if (outcome instanceof Outcome.BatchRefused refused) {
      return WriteAnswers.problem(refused.why()).with("index", refused.index()).answer(path);
    }
    return WriteAnswers.of(outcome, path);
  }

  private static Map<String, Object> result(Outcome outcome) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (outcome instanceof Outcome.Stored stored) {
      json.put("created", stored.created());
      json.put("version", stored.version().text());
    } else {
      json.put("existed", ((Outcome.Removed) outcome).existed());
    }
    return json;
  }

  private OperationSpec spec() {
    return OperationSpec.of("writeBatch", DocumentRoutes.TAG, "Write several documents at once")
        .describe(
            "Puts, patches and deletes of documents whose keys are in one shard, whatever their"
                + " collections (equal keys always are). All are made, or none; nobody sees some of"
                + " them without the others; the conditions look at what was there before. A"
                + " refusal names the first operation that cannot be made under `index`. At most"
                + " %d operations, and no document twice.".formatted(Operation.Batch.MOST_CHANGES))
        .lane(Lane.WRITE)
        .takes(WriteTerms.ACK, WriteTerms.KEY)
        .reads(OperationSpec.Body.component(Json.CONTENT_TYPE, "WriteBatch"))
        .answers(
            200,
            "All are made: one result for each, in order.",
            Schemas.json("WriteBatchResult"),
            ServedBy.POSITION,
            ServedBy.NODE)
        .answers(
            202, "The log has it (`ack=accepted`).", List.of(), ServedBy.POSITION, ServedBy.NODE)
        .refuses(ProblemType.INVALID_BODY, ProblemType.INVALID_CONDITION)
        .refuses(ProblemType.INVALID_KEY, ProblemType.INVALID_VALUE, ProblemType.INVALID_PATCH)
        .refuses(ProblemType.UNKNOWN_COLLECTION, ProblemType.DOCUMENT_NOT_FOUND)
        .refuses(ProblemType.WRITER_IS_SOURCE, ProblemType.PRECONDITION_FAILED)
        .refuses(ProblemType.BODY_TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE)
        .refuses(ProblemType.BATCH_ACROSS_SHARDS, ProblemType.INVALID_DOCUMENT)
        .refuses(ProblemType.NOT_PATCHABLE, ProblemType.IDEMPOTENCY_KEY_REUSED)
        .refuses(ProblemType.LOG_UNAVAILABLE, ProblemType.NO_STANDBY, ProblemType.NOT_REPLICATED)
        .example(
            "two documents under one key",
            Map.of("ack", Ack.APPLIED.name().toLowerCase(Locale.ROOT)),
            Json.CONTENT_TYPE,
            "{\"operations\":["
                + "{\"op\":\"put\",\"collection\":\"note\",\"key\":\"fresh\","
                + "\"document\":{\"text\":\"Bring milk\"},\"ifNoneMatch\":\"*\"},"
                + "{\"op\":\"delete\",\"collection\":\"text\",\"key\":\"fresh\"}]}",
            200);
  }
}
