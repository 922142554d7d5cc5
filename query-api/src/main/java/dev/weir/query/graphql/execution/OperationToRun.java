package dev.weir.query.graphql.execution;

import dev.weir.query.ReadOptions;
import dev.weir.query.graphql.GraphQlRequest;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;

/** What a request came to before anything is executed. */
sealed interface OperationToRun {

  /**
   * An operation that may be executed.
   *
   * @param document that holds it, valid
   * @param operation of the document
   * @param request with the variables
   * @param options how to read
   */
  record Ready(
      Document document, OperationDefinition operation, GraphQlRequest request, ReadOptions options)
      implements OperationToRun {

    boolean follows() {
      return operation.getOperation() == Operation.SUBSCRIPTION;
    }
  }

  /** None. */
  record Refused(Engine.Executed why) implements OperationToRun {}
}
