package dev.weir.query.graphql.documents;

import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import graphql.GraphQLError;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the library's validation does not stand: subscriptions where there is nothing to follow, and
 * ones whose only field may be left out, which the language forbids. One instance looks at one
 * document.
 */
final class SubscriptionRoots {
  private final Document document;
  private final Set<String> seen = new HashSet<>();

  private SubscriptionRoots(Document document) {
    this.document = document;
  }

  /**
   * What is wrong with the subscriptions of a document whose shape was checked.
   *
   * @param followable whether the schema has subscriptions
   * @return empty = nothing
   */
  static Optional<GraphQLError> check(Document document, boolean followable) {
    SubscriptionRoots roots = new SubscriptionRoots(document);
    for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
      if (operation.getOperation() != Operation.SUBSCRIPTION) {
        continue;
      }
      if (!followable) {
        return Optional.of(
            Errors.of(
                ErrorCode.GRAPHQL_VALIDATION_FAILED,
                "There is nothing to follow: no collection keeps its changes."));
      }
      if (roots.conditional(operation.getSelectionSet())) {
        return Optional.of(
            Errors.of(
                ErrorCode.GRAPHQL_VALIDATION_FAILED,
                "The field of a subscription cannot be left out: take away @skip and @include."));
      }
    }
    return Optional.empty();
  }

  private boolean conditional(SelectionSet set) {
    for (Selection<?> selection : set.getSelections()) {
      if (selection instanceof DirectivesContainer<?> container
          && (container.hasDirective("skip") || container.hasDirective("include"))) {
        return true;
      }
      if (selection instanceof InlineFragment inline && conditional(inline.getSelectionSet())) {
        return true;
      }
      if (selection instanceof FragmentSpread spread && seen.add(spread.getName())) {
        for (FragmentDefinition each : document.getDefinitionsOfType(FragmentDefinition.class)) {
          if (each.getName().equals(spread.getName()) && conditional(each.getSelectionSet())) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
