package dev.weir.query.graphql;

import graphql.GraphQLError;
import graphql.language.Document;
import java.util.List;

/** What became of a document's text, for one schema. */
sealed interface PreparedDocument {

  /** It may be executed. */
  record Ready(Document document) implements PreparedDocument {}

  /**
   * It may not.
   *
   * @param stage where it failed
   * @param errors at least one
   */
  record Refused(Stage stage, List<GraphQLError> errors) implements PreparedDocument {}
}
