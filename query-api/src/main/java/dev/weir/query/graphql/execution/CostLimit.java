package dev.weir.query.graphql.execution;

import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.fields.ChangeEvent;
import dev.weir.query.graphql.fields.Costs;
import graphql.ExecutionResult;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.extensions.ExtensionsBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Refuses what would cost too much, once variables are known and before anything is executed. */
final class CostLimit extends SimplePerformantInstrumentation {
  private final Costs costs;
  private final int limit;

  CostLimit(Costs costs, int limit) {
    this.costs = costs;
    this.limit = limit;
  }

  /** What an answer says of its cost. */
  static Map<String, Object> facts(long cost, int limit) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("requested", cost);
    facts.put("limit", limit);
    return facts;
  }

  @Override
  public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
      InstrumentationExecuteOperationParameters parameters, @Nullable InstrumentationState state) {
    ExecutionContext context = parameters.getExecutionContext();
    if (context.getGraphQLContext().hasKey(ChangeEvent.class)) {
      return null; // seen to when the subscription was opened
    }
    long cost =
        costs.of(
            context.getOperationDefinition(),
            context.getFragmentsByName(),
            context.getCoercedVariables().toMap());
    Map<String, Object> facts = facts(cost, limit);
    if (cost > limit) {
      throw new AbortExecutionException(
          List.of(
              Errors.of(
                  ErrorCode.LIMIT_EXCEEDED,
                  "By what it could read or write, the request costs "
                      + cost
                      + ", more than the limit of "
                      + limit
                      + "; ask for smaller pages or fewer keys.",
                  Map.of("cost", facts))));
    }
    ExtensionsBuilder extensions = context.getGraphQLContext().get(ExtensionsBuilder.class);
    Objects.requireNonNull(extensions).addValue("cost", facts);
    return null; // nothing to be told about the execution itself
  }
}
