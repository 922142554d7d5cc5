package dev.weir.query.graphql.transport;

import dev.weir.query.graphql.GraphQlSettings.StatusCodes;
import dev.weir.query.graphql.execution.Engine;

/** The HTTP status of a well-formed request. */
final class Statuses {
  private final boolean draft;

  Statuses(StatusCodes codes) {
    this.draft = codes == StatusCodes.DRAFT;
  }

  int of(Engine.Executed executed, MediaType type) {
    boolean legacy = type == MediaType.JSON;
    return switch (executed.stage()) {
      case PARSING -> legacy ? 200 : 400;
      case VALIDATION -> legacy ? 200 : draft ? 422 : 400;
      // Not the fault of an older client's habits: refused in either type.
      case LIMITS -> 400;
      case METHOD -> 405;
      case EXECUTION -> !legacy && draft && isPartial(executed) ? 294 : 200;
      case DEADLINE -> 503;
      case FAILURE -> 500;
    };
  }

  private static boolean isPartial(Engine.Executed executed) {
    return executed.result().get("data") != null && executed.result().containsKey("errors");
  }
}
