package dev.weir.query.graphql;

import dev.weir.store.Outcome;
import dev.weir.store.Refusal;
import dev.weir.store.Version;
import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.Map;

/** Expected failures as GraphQL errors: a constant message, a code, and the facts beside it. */
public final class Errors {
  private Errors() {}

  /** An error that stands for the whole request. */
  public static GraphQLError of(ErrorCode code, String message) {
    return of(code, message, Map.of());
  }

  /**
   * An error that stands for the whole request.
   *
   * @param facts further extensions beside {@code code}
   */
  public static GraphQLError of(ErrorCode code, String message, Map<String, ?> facts) {
    Map<String, Object> extensions = new LinkedHashMap<>();
    extensions.put("code", code.name());
    extensions.putAll(facts);
    return GraphqlErrorBuilder.newError()
        .message("%s", message)
        .errorType(ErrorClassification.errorClassification(code.name()))
        .extensions(extensions)
        .build();
  }

  /** What a shard's refusal means to the caller. */
  public static GraphQLError of(Refusal refusal) {
    if (refusal instanceof Refusal.UnknownCollection) {
      return of(ErrorCode.NOT_FOUND, "The collection does not exist any more.");
    }
    if (refusal instanceof Refusal.Overloaded r) {
      return of(
          ErrorCode.OVERLOADED, "Too much work is waiting; ask again after a pause.", what(r));
    }
    if (refusal instanceof Refusal.LogUnavailable) {
      return of(
          ErrorCode.OUTCOME_UNKNOWN,
          "Kafka did not confirm the write in time: read the document to see whether it was"
              + " applied.");
    }
    if (refusal instanceof Refusal.Stopped r) {
      return of(
          ErrorCode.UNAVAILABLE,
          "The shard stopped itself to protect its data; an operator must act.",
          Map.of("shard", r.shard(), "retry", false));
    }
    if (refusal instanceof Refusal.Unreachable r) {
      return unavailable(r.shard(), "The node that owns the shard does not answer");
    }
    if (refusal instanceof Refusal.Rebalancing r) {
      return unavailable(r.shard(), "The shard is on its way to another node");
    }
    if (refusal instanceof Refusal.BehindPosition r) {
      return unavailable(r.shard(), "No replica of the shard has reached the position yet");
    }
    if (refusal instanceof Refusal.TooStale r) {
      return unavailable(r.shard(), "No replica of the shard is as fresh as the bound asks for");
    }
    if (refusal instanceof Refusal.LogUnreachable) {
      return of(
          ErrorCode.UNAVAILABLE,
          "Kafka cannot be reached, and strong reads and writes need it; nothing was done.",
          Map.of("retry", true));
    }
    if (refusal instanceof Refusal.NoStandby r) {
      return unavailable(r.shard(), "The shard has no standby, and nothing was written");
    }
    if (refusal instanceof Refusal.NotReplicated r) {
      return of(
          ErrorCode.UNAVAILABLE,
          "The write is applied, and no standby has confirmed it in time.",
          Map.of("shard", r.shard(), "retry", false));
    }
    if (refusal instanceof Refusal.ForeignPosition r) {
      return of(ErrorCode.BAD_USER_INPUT, "The position is of no use: " + r.detail() + ".");
    }
    if (refusal instanceof Refusal.UnboundedSort r) {
      return of(
          ErrorCode.LIMIT_EXCEEDED,
          "Too many documents would have to be put in order; an index would help.",
          Map.of("advice", r.advice()));
    }
    if (refusal instanceof Refusal.ScanRefused r) {
      return of(
          ErrorCode.LIMIT_EXCEEDED,
          "All documents would have to be read, which is forbidden here; an index would help.",
          Map.of("advice", r.advice()));
    }
    if (refusal instanceof Refusal.UnknownIndex) {
      return of(ErrorCode.NOT_FOUND, "The index does not exist, or is not built yet.");
    }
    Refusal.NotOwner r = (Refusal.NotOwner) refusal;
    return unavailable(r.shard(), "The shard has just moved to another node");
  }

  /** What it means to the caller that a document was not written. */
  public static GraphQLError of(Outcome outcome) {
    if (outcome instanceof Outcome.ConditionFailed failed) {
      Version current = failed.current();
      return of(
          ErrorCode.CONDITION_FAILED,
          "The document is not as the condition asks; nothing was changed.",
          current == null ? Map.of() : Map.of("current", current.text()));
    }
    if (outcome instanceof Outcome.BatchRefused refused) {
      GraphQLError why = of(refused.why());
      Map<String, Object> facts = new LinkedHashMap<>(why.getExtensions());
      facts.remove("code");
      facts.put("index", refused.index());
      return of(Rendering.code(why), why.getMessage(), facts);
    }
    return outcome instanceof Outcome.Rejected rejected
        ? of(rejected)
        : of(ErrorCode.NOT_FOUND, "There is no document under the key to patch.");
  }

  private static GraphQLError of(Outcome.Rejected rejected) {
    return switch (rejected.reason()) {
      case UNKNOWN_COLLECTION -> of(ErrorCode.NOT_FOUND, "The collection does not exist any more.");
      case WRITER_IS_SOURCE ->
          of(
              ErrorCode.WRITER_IS_SOURCE,
              "The collection takes its documents from its source only; write to the source's"
                  + " topic.");
      case KEY_REUSED ->
          of(
              ErrorCode.IDEMPOTENCY_KEY_REUSED,
              "The idempotency key belongs to another request; choose a new one.");
      case INVALID_DEFINITION, NOT_PATCHABLE, INVALID_VALUE, INVALID_BATCH ->
          of(ErrorCode.BAD_USER_INPUT, rejected.detail());
    };
  }

  /** A field that is null because of an error, with the field's place put into the error. */
  public static <T> DataFetcherResult<T> field(DataFetchingEnvironment field, GraphQLError error) {
    return DataFetcherResult.<T>newResult()
        .error(
            GraphqlErrorBuilder.newError(field)
                .message("%s", error.getMessage())
                .errorType(error.getErrorType())
                .extensions(error.getExtensions())
                .build())
        .build();
  }

  /** An error at one item of a field's list. */
  public static GraphQLError item(DataFetchingEnvironment field, int index, GraphQLError error) {
    return GraphqlErrorBuilder.newError(field)
        .path(field.getExecutionStepInfo().getPath().segment(index))
        .message("%s", error.getMessage())
        .errorType(error.getErrorType())
        .extensions(error.getExtensions())
        .build();
  }

  private static GraphQLError unavailable(int shard, String what) {
    return of(
        ErrorCode.UNAVAILABLE,
        what + "; ask again in a moment.",
        Map.of("shard", shard, "retry", true));
  }

  private static Map<String, ?> what(Refusal.Overloaded refusal) {
    return Map.of("what", refusal.what(), "retry", true);
  }
}
