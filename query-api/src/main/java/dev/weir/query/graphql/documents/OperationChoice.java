package dev.weir.query.graphql.documents;

import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import graphql.GraphQLError;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of a document's operations a request means. */
public sealed interface OperationChoice {

  /** This one. */
  record One(OperationDefinition operation) implements OperationChoice {}

  /** It cannot be told. */
  record None(GraphQLError error) implements OperationChoice {}

  /**
   * Chooses as the language says.
   *
   * @param name null = the only one there is
   */
  static OperationChoice of(Document document, @Nullable String name) {
    List<OperationDefinition> operations = document.getDefinitionsOfType(OperationDefinition.class);
    if (name == null) {
      return operations.size() == 1
          ? new One(operations.get(0))
          : none("The document has " + operations.size() + " operations: name one of them.");
    }
    for (OperationDefinition operation : operations) {
      if (name.equals(operation.getName())) {
        return new One(operation);
      }
    }
    return none("The document has no operation of the name in 'operationName'.");
  }

  private static OperationChoice none(String message) {
    return new None(Errors.of(ErrorCode.OPERATION_RESOLUTION_FAILURE, message));
  }
}
