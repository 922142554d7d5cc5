package dev.weir.query.graphql.transport;

import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.execution.Results;
import java.util.Map;

/** Why an operation of a conversation is not begun. */
final class TransportErrors {
  private TransportErrors() {}

  static Results.Result closing() {
    return Results.Result.refusal(
        Errors.of(
            ErrorCode.UNAVAILABLE, "The node is closing; ask another one.", Map.of("retry", true)));
  }

  static Results.Result tooMany(int limit) {
    return Results.Result.refusal(
        Errors.of(
            ErrorCode.LIMIT_EXCEEDED,
            "One connection carries at most " + limit + " operations at a time.",
            Map.of("limit", limit, "what", "operations")));
  }

  static Results.Result overloaded() {
    return Results.Result.refusal(
        Errors.of(
            ErrorCode.OVERLOADED,
            "Too much work is waiting; ask again after a pause.",
            Map.of("what", "GraphQL requests", "retry", true)));
  }

  static Results.Result of(HttpFault fault) {
    return Results.Result.refusal(Errors.of(fault.code(), fault.text()));
  }
}
