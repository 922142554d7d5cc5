package dev.weir.query.graphql.documents;

import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.GraphQlSettings;
import graphql.GraphQLError;
import graphql.language.Definition;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures a parsed document against its bounds, before the more expensive validation.
 *
 * <p>Walks what would be executed, spreading fragments, and stops at the first bound: so the work
 * is bounded too, however often fragments spread each other. A fragment inside itself is left to
 * validation. One instance measures one document.
 */
final class DocumentShape {
  private final GraphQlSettings settings;
  private final Map<String, FragmentDefinition> fragments = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private int steps;
  private int fields;
  private int aliases;
  private int directives;

  private DocumentShape(GraphQlSettings settings) {
    this.settings = settings;
  }

  /** The first bound that a document exceeds; empty if it keeps all. */
  static Optional<GraphQLError> check(Document document, GraphQlSettings settings) {
    try {
      new DocumentShape(settings).measure(document);
      return Optional.empty();
    } catch (Exceeded e) {
      return Optional.of(e.error);
    }
  }

  private void measure(Document document) throws Exceeded {
    atMost(settings.shape().maxDefinitions(), document.getDefinitions().size(), "definitions");
    for (Definition<?> definition : document.getDefinitions()) {
      if (definition instanceof FragmentDefinition fragment) {
        fragments.putIfAbsent(fragment.getName(), fragment);
      }
    }
    for (Definition<?> definition : document.getDefinitions()) {
      if (definition instanceof OperationDefinition operation) {
        count(operation);
        set(operation.getSelectionSet(), 1, new HashMap<>(), false);
      }
    }
    for (FragmentDefinition fragment : fragments.values()) {
      if (!open.contains(fragment.getName())) {
        spread(fragment, 1, new HashMap<>(), false);
      }
    }
  }

  private void set(
      @Nullable SelectionSet set, int depth, Map<String, Integer> names, boolean introspecting)
      throws Exceeded {
    if (set == null) {
      return;
    }
    for (Selection<?> selection : set.getSelections()) {
      // Spreads of empty fragments add no field, but still take time.
      atMost(10 * settings.shape().maxFields(), ++steps, "selections");
      if (selection instanceof Field field) {
        field(field, depth, names, introspecting);
      } else if (selection instanceof InlineFragment inline) {
        count(inline);
        set(inline.getSelectionSet(), depth, names, introspecting);
      } else if (selection instanceof FragmentSpread spread) {
        count(spread);
        FragmentDefinition fragment = fragments.get(spread.getName());
        if (fragment != null) {
          spread(fragment, depth, names, introspecting);
        }
      }
    }
  }

  private void spread(
      FragmentDefinition fragment, int depth, Map<String, Integer> names, boolean introspecting)
      throws Exceeded {
    if (open.add(fragment.getName())) {
      count(fragment);
      set(fragment.getSelectionSet(), depth, names, introspecting);
      open.remove(fragment.getName());
    }
  }

  private void field(Field field, int depth, Map<String, Integer> names, boolean introspecting)
      throws Exceeded {
    GraphQlSettings.Shape bounds = settings.shape();
    boolean inside = introspecting || isIntrospection(field);
    if (inside && !settings.introspection()) {
      throw new Exceeded(
          Errors.of(
              ErrorCode.INTROSPECTION_DISABLED,
              "Introspection is switched off at this node; ask its operator for the schema."));
    }
    if (!inside) {
      atMost(bounds.maxDepth(), depth, "depth");
    }
    atMost(bounds.maxFields(), ++fields, "fields");
    if (field.getAlias() != null) {
      atMost(bounds.maxAliases(), ++aliases, "aliases");
    }
    atMost(
        bounds.maxRepeats(),
        names.merge(field.getResultKey(), 1, Integer::sum),
        "repetitions of a field");
    count(field);
    set(field.getSelectionSet(), depth + 1, new HashMap<>(), inside);
  }

  private static boolean isIntrospection(Field field) {
    return field.getName().equals("__schema") || field.getName().equals("__type");
  }

  private void count(DirectivesContainer<?> element) throws Exceeded {
    directives += element.getDirectives().size();
    atMost(settings.shape().maxDirectives(), directives, "directives");
  }

  private static void atMost(int limit, int value, String what) throws Exceeded {
    if (value > limit) {
      throw new Exceeded(
          Errors.of(
              ErrorCode.LIMIT_EXCEEDED,
              "The document exceeds the limit of " + limit + " for " + what + ".",
              Map.of("limit", limit, "what", what)));
    }
  }

  /** Leaves the walk. */
  private static final class Exceeded extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient GraphQLError error;

    Exceeded(GraphQLError error) {
      super(error.getMessage(), null, false, false);
      this.error = error;
    }
  }
}
