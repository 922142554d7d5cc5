package dev.weir.query.graphql.execution;

import dev.weir.query.changes.Event;
import dev.weir.query.changes.Wish;
import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import graphql.GraphQLError;
import java.util.Map;

/** Why a subscription ended, as its follower is told. */
final class Ends {
  private Ends() {}

  static Results.Result refusal(Event.End why, Wish wish) {
    return Results.Result.refusal(error(why, wish));
  }

  private static GraphQLError error(Event.End why, Wish wish) {
    return switch (why) {
      case NOT_KEPT ->
          Errors.of(
              ErrorCode.CHANGES_NOT_KEPT,
              "The collection does not keep its changes any more.",
              collection(wish));
      case TOO_OLD ->
          Errors.of(
              ErrorCode.CHANGES_GONE,
              "What came next is not kept any more; begin anew, without a cursor.",
              Map.of(
                  "collection", wish.collection().name(), "records", wish.collection().changes()));
      case FOREIGN ->
          Errors.of(
              ErrorCode.CHANGES_GONE,
              "The cursor is of another log, as the database was restored; begin anew, without"
                  + " one.",
              collection(wish));
      case DROPPED ->
          Errors.of(ErrorCode.NOT_FOUND, "The collection was dropped.", collection(wish));
      case CLOSING ->
          Errors.of(
              ErrorCode.UNAVAILABLE,
              "The node is closing; go on behind the last cursor at another one.",
              Map.of("retry", true));
    };
  }

  private static Map<String, ?> collection(Wish wish) {
    return Map.of("collection", wish.collection().name());
  }
}
