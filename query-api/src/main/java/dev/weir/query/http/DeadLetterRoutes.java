package dev.weir.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.DeadLetters;
import dev.weir.query.LocalNode;
import dev.weir.store.letter.DeadLetterBox;
import dev.weir.store.letter.Replay;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Records of sources that could not be taken: listed, shown, and sent again. */
final class DeadLetterRoutes {
  private static final String TAG = "sources";
  private static final PathTemplate ALL = new PathTemplate("/v1/dead-letters");
  private static final PathTemplate ONE = new PathTemplate("/v1/dead-letters/{id}");
  private static final PathTemplate REPLAY = new PathTemplate("/v1/dead-letters/{id}/replay");
  private static final Parameter ID = Parameter.path("id", "The letter's id.");
  private static final Set<String> FIELDS = Set.of("key", "value", "again");
  private static final int MOST = 1_000;
  private static final int USUAL = 100;

  private final LocalNode node;
  private final int maxBodyBytes;

  DeadLetterRoutes(LocalNode node, int maxBodyBytes) {
    this.node = node;
    this.maxBodyBytes = maxBodyBytes;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", ALL, listSpec(), this::list),
        new Route("GET", ONE, showSpec(), this::show),
        new Route("POST", REPLAY, replaySpec(), this::replay));
  }

  private CompletableFuture<Answer> list(Call call) throws ProblemException {
    DeadLetterBox.Wish wish =
        new DeadLetterBox.Wish(
            call.query().text("source"),
            call.query().text("reason"),
            call.query().flag("replayed", false),
            call.query().text("after").isEmpty() ? -1 : after(call),
            call.query().integer("limit", 1, MOST, USUAL));
    return told(call, letters().list(wish).thenApply(LetterJson::page).thenApply(Answer::json));
  }

  private static long after(Call call) throws ProblemException {
    String text = call.query().text("after").orElseThrow();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ProblemException(
          Problem.of(ProblemType.INVALID_PARAMETER, "'after' is the id of a letter.")
              .with("parameter", "after"));
    }
  }

  private CompletableFuture<Answer> show(Call call) throws ProblemException {
    long id = id(call);
    String path = call.incoming().rawPath();
    return told(
        call,
        letters()
            .find(id)
            .thenApply(
                letter ->
                    letter
                        .map(found -> Answer.json(LetterJson.whole(found)))
                        .orElseGet(() -> unknown(call).answer(path))));
  }

  private CompletableFuture<Answer> replay(Call call) throws ProblemException {
    long id = id(call);
    Replay.Correction correction = correction(call);
    String path = call.incoming().rawPath();
    return told(
        call, letters().replay(id, correction).thenApply(done -> answer(done, call, id, path)));
  }

  private Replay.Correction correction(Call call) throws ProblemException {
    Bodies.requireType(call.incoming(), List.of(Json.CONTENT_TYPE));
    JsonNode body = Json.parse(call.body(maxBodyBytes));
    if (!body.isObject()) {
      throw LetterBytes.invalid("The body must be an object, {} to send the record as it was.");
    }
    for (var fields = body.fieldNames(); fields.hasNext(); ) {
      String field = fields.next();
      if (!FIELDS.contains(field)) {
        throw LetterBytes.invalid("There is no field '" + Texts.shorten(field) + "'.");
      }
    }
    return new Replay.Correction(
        LetterBytes.read(body, "key"),
        LetterBytes.read(body, "value"),
        body.path("again").asBoolean());
  }

  private static Answer answer(Replay done, Call call, long id, String path) {
    if (done instanceof Replay.Done sent) {
      return Answer.json(
          Map.of(
              "id",
              id,
              "topic",
              sent.topic(),
              "partition",
              sent.partition(),
              "offset",
              sent.offset()));
    }
    if (done instanceof Replay.Incomplete incomplete) {
      return Problem.of(
              ProblemType.DEAD_LETTER_INCOMPLETE,
              "The record's %s was too large to be kept.".formatted(incomplete.part()))
          .with("part", incomplete.part())
          .answer(path);
    }
    return done instanceof Replay.Before
        ? Problem.of(ProblemType.DEAD_LETTER_REPLAYED, "The letter was sent again before.")
            .answer(path)
        : unknown(call).answer(path);
  }

  private DeadLetters letters() {
    return node.deadLetters();
  }

  private static long id(Call call) throws ProblemException {
    try {
      return Long.parseLong(call.path("id"));
    } catch (NumberFormatException e) {
      throw new ProblemException(unknown(call));
    }
  }

  private static Problem unknown(Call call) {
    return Problem.of(
        ProblemType.UNKNOWN_DEAD_LETTER,
        "Nothing lies among the dead letters at '%s'."
            .formatted(Texts.shorten(call.incoming().rawPath())));
  }

  /** Kafka may not do its part. */
  private static CompletableFuture<Answer> told(Call call, CompletableFuture<Answer> answer) {
    String path = call.incoming().rawPath();
    return answer
        .thenApply(given -> given.header("Cache-Control", "no-store"))
        .exceptionally(
            failure -> {
              Throwable cause =
                  failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure;
              if (cause instanceof IOException io) {
                return Problem.of(ProblemType.LOG_UNREACHABLE, String.valueOf(io.getMessage()))
                    .retryAfter(1)
                    .answer(path);
              }
              throw new CompletionException(cause);
            });
  }

  private static OperationSpec listSpec() {
    return OperationSpec.of("listDeadLetters", TAG, "List records that could not be taken")
        .describe(
            "Of all sources and nodes, the oldest first, each with its reason, where it came from,"
                + " and the beginning of its value. All of them are read for that, which takes a"
                + " while if there are very many.")
        .takes(
            Parameter.query("source", Schemas.TEXT, "Only records of this source."),
            Parameter.query("reason", Schemas.TEXT, "Only for this reason, as `invalid-value`."),
            Parameter.query(
                "replayed", Schemas.flag(false), "Whether those sent again are shown, too."),
            Parameter.query("after", Schemas.TEXT, "`next` of the page before."),
            Parameter.query("limit", Schemas.integer(1, MOST, USUAL), "Letters of a page."))
        .mayTakeLong()
        .answers(200, "The letters.", Schemas.json("DeadLetters"))
        .refuses(ProblemType.INVALID_PARAMETER, ProblemType.LOG_UNREACHABLE)
        .example("of a source", Map.of("source", "people"), 200);
  }

  private static OperationSpec showSpec() {
    return OperationSpec.of("showDeadLetter", TAG, "Show a record that could not be taken")
        .describe("Key, value and headers as they were.")
        .takes(ID)
        .mayTakeLong()
        .answers(200, "The letter.", Schemas.json("DeadLetter"))
        .refuses(ProblemType.UNKNOWN_DEAD_LETTER, ProblemType.LOG_UNREACHABLE)
        .example("one", Map.of("id", "3"), 200);
  }

  private static OperationSpec replaySpec() {
    return OperationSpec.of("replayDeadLetter", TAG, "Send a record again to where it came from")
        .describe(
            "Appends the record to the topic of its source, corrected where `key` or `value` are"
                + " given, with its headers and its timestamp; with its own key also to its own"
                + " partition. It comes behind what was written since: a newer document of the same"
                + " key is replaced by it. What cannot be taken again becomes another letter.")
        .takes(ID)
        .reads(OperationSpec.Body.component(Json.CONTENT_TYPE, "DeadLetterReplay"))
        .mayTakeLong()
        .answers(200, "Kafka has it.", Schemas.json("DeadLetterReplayed"))
        .refuses(ProblemType.UNKNOWN_DEAD_LETTER, ProblemType.DEAD_LETTER_REPLAYED)
        .refuses(ProblemType.DEAD_LETTER_INCOMPLETE, ProblemType.INVALID_BODY)
        .refuses(ProblemType.BODY_TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE)
        .refuses(ProblemType.LOG_UNREACHABLE)
        .example(
            "corrected",
            Map.of("id", "3"),
            Json.CONTENT_TYPE,
            "{\"value\":{\"json\":{\"name\":\"Ann\"}}}",
            200);
  }
}
