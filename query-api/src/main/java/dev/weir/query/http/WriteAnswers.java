package dev.weir.query.http;

import dev.weir.query.Result;
import dev.weir.store.Outcome;
import dev.weir.store.Version;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** What was decided about a write, in the words of HTTP. */
final class WriteAnswers {
  static final String REPLAYED = "Idempotency-Replayed";

  private WriteAnswers() {}

  /** What a write's caller hears once it is decided: {@code words} for the outcome. */
  static CompletableFuture<Answer> to(
      Call call,
      CompletableFuture<Result<Outcome>> decided,
      BiFunction<Outcome, String, Answer> words) {
    String path = call.incoming().rawPath();
    return decided.thenApply(
        result -> {
          if (result instanceof Result.Failure<Outcome> failure) {
            return Refusals.problem(failure.refusal()).answer(path);
          }
          var success = (Result.Success<Outcome>) result;
          return ServedBy.headers(
              words.apply(success.value(), path), success.sources(), Levels.brought(call));
        });
  }

  /** The answer to a write of one document. */
  static Answer of(Outcome outcome, String instance) {
    if (outcome instanceof Outcome.Repeated repeated) {
      return of(repeated.kept(), instance).header(REPLAYED, "true");
    }
    if (outcome instanceof Outcome.Stored stored) {
      return Answer.empty(stored.created() ? 201 : 200).header("ETag", tag(stored.version()));
    }
    if (outcome instanceof Outcome.Accepted) {
      return Answer.empty(202);
    }
    if (outcome instanceof Outcome.Removed) {
      return Answer.empty(204);
    }
    Answer refused = problem(outcome).answer(instance);
    Version current = outcome instanceof Outcome.ConditionFailed failed ? failed.current() : null;
    return current == null ? refused : refused.header("ETag", tag(current));
  }

  /** Why a document was not written. */
  static Problem problem(Outcome outcome) {
    if (outcome instanceof Outcome.ConditionFailed failed) {
      Version current = failed.current();
      return current == null
          ? Problem.of(ProblemType.PRECONDITION_FAILED, "There is no document under the key.")
          : Problem.of(
                  ProblemType.PRECONDITION_FAILED,
                  "The document's ETag is %s now.".formatted(tag(current)))
              .with("current", tag(current));
    }
    if (outcome instanceof Outcome.Missing) {
      return Problem.of(
          ProblemType.DOCUMENT_NOT_FOUND, "There is no document under the key to patch.");
    }
    if (outcome instanceof Outcome.Rejected rejected) {
      return rejected(rejected);
    }
    throw new IllegalStateException("no problem: " + outcome);
  }

  private static Problem rejected(Outcome.Rejected rejected) {
    Problem problem = Refusals.problem(rejected);
    return rejected.reason() == Outcome.Reason.INVALID_VALUE
        ? problem.with("faults", List.of(Map.of("path", "", "problem", rejected.detail())))
        : problem;
  }

  static String tag(Version version) {
    return '"' + version.text() + '"';
  }
}
