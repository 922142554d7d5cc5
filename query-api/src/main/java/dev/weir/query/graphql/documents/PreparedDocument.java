package dev.weir.query.graphql.documents;

import dev.weir.query.graphql.Stage;
import graphql.GraphQLError;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of a document's text, for one schema. */
public sealed interface PreparedDocument {

  /**
   * It may be executed.
   *
   * @param plans of its operations that need no more than them, by name; empty = it has none
   */
  record Ready(Document document, Map<String, GetPlan> plans) implements PreparedDocument {

    /** The plan of an operation of the document; null = it has none. */
    public @Nullable GetPlan plan(OperationDefinition operation) {
      return plans.get(nameOf(operation));
    }
  }

  /** The name of an operation; empty = it has none. */
  static String nameOf(OperationDefinition operation) {
    return operation.getName() == null ? "" : operation.getName();
  }

  /**
   * It may not.
   *
   * @param stage where it failed
   * @param errors at least one
   */
  record Refused(Stage stage, List<GraphQLError> errors) implements PreparedDocument {}
}
