package dev.weir.query.graphql.fields;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cost of an operation: how many documents it may read or write at most, each with its weight.
 * A field costs the documents its arguments ask for, and what lies inside it counts once for each.
 * Skipped fields count, so that the cost is known before execution. Safe from any thread.
 */
public final class Costs {
  private final GraphQLSchema schema;
  private final Map<FieldCoordinates, Rule> rules = new HashMap<>();

  Costs(GraphQLSchema schema, Map<FieldCoordinates, Rule> rules) {
    this.schema = schema;
    this.rules.putAll(rules);
  }

  /** How many documents a field asks for. */
  interface Rule {
    long documents(Given given);

    /** Documents that are looked at to find those, and that nothing lies inside of. */
    default long besides(Given given) {
      return 0;
    }

    /** What each of them costs. */
    default long weight(Given given) {
      return 1;
    }
  }

  /** The arguments of a field, with variables in place. */
  record Given(List<Argument> arguments, Map<String, @Nullable Object> variables) {

    /** A whole number; {@code otherwise} if it is not given. */
    long number(String name, long otherwise) {
      Object value = value(name);
      if (value instanceof IntValue literal) {
        BigInteger number = literal.getValue();
        return number.bitLength() < Long.SIZE ? number.longValue() : Long.MAX_VALUE;
      }
      return value instanceof Number number ? number.longValue() : otherwise;
    }

    /** Whether an argument has a value. */
    boolean has(String name) {
      Object value = value(name);
      return value != null && !(value instanceof NullValue);
    }

    /** The number of elements of a list; one value stands for a list of one. */
    long size(String name) {
      Object value = value(name);
      if (value instanceof ArrayValue literal) {
        return literal.getValues().size();
      }
      return value instanceof Collection<?> list ? list.size() : 1;
    }

    private @Nullable Object value(String name) {
      for (Argument argument : arguments) {
        if (argument.getName().equals(name)) {
          Value<?> value = argument.getValue();
          return value instanceof VariableReference variable
              ? variables.get(variable.getName())
              : value;
        }
      }
      return null;
    }
  }

  /** The cost of an operation; {@link Long#MAX_VALUE} if it is beyond counting. */
  public long of(
      OperationDefinition operation,
      Map<String, FragmentDefinition> fragments,
      Map<String, @Nullable Object> variables) {
    GraphQLFieldsContainer root =
        switch (operation.getOperation()) {
          case QUERY -> schema.getQueryType();
          case MUTATION -> schema.getMutationType();
          case SUBSCRIPTION -> schema.getSubscriptionType();
        };
    return new Walk(fragments, variables).cost(operation.getSelectionSet(), root);
  }

  /** One operation's walk; its length is bounded because the document's shape was checked. */
  private final class Walk {
    private final Map<String, FragmentDefinition> fragments;
    private final Map<String, @Nullable Object> variables;

    Walk(Map<String, FragmentDefinition> fragments, Map<String, @Nullable Object> variables) {
      this.fragments = fragments;
      this.variables = variables;
    }

    private long cost(@Nullable SelectionSet set, @Nullable GraphQLType type) {
      if (set == null || !(type instanceof GraphQLFieldsContainer container)) {
        return 0;
      }
      long sum = 0;
      for (Selection<?> selection : set.getSelections()) {
        sum = plus(sum, cost(selection, container));
      }
      return sum;
    }

    private long cost(Selection<?> selection, GraphQLFieldsContainer parent) {
      if (selection instanceof Field field) {
        return cost(field, parent);
      }
      if (selection instanceof InlineFragment inline) {
        GraphQLType type =
            inline.getTypeCondition() == null
                ? parent
                : schema.getType(inline.getTypeCondition().getName());
        return cost(inline.getSelectionSet(), type);
      }
      FragmentDefinition fragment = fragments.get(((FragmentSpread) selection).getName());
      return fragment == null
          ? 0
          : cost(fragment.getSelectionSet(), schema.getType(fragment.getTypeCondition().getName()));
    }

    private long cost(Field field, GraphQLFieldsContainer parent) {
      GraphQLFieldDefinition definition = parent.getFieldDefinition(field.getName());
      if (definition == null) {
        return 0; // introspection
      }
      long inside = cost(field.getSelectionSet(), GraphQLTypeUtil.unwrapAll(definition.getType()));
      Rule rule = rules.get(FieldCoordinates.coordinates(parent.getName(), definition.getName()));
      if (rule == null) {
        return inside;
      }
      Given given = new Given(field.getArguments(), variables);
      long documents = Math.max(0, rule.documents(given));
      long weight = rule.weight(given);
      return plus(
          times(documents, plus(weight, inside)), times(Math.max(0, rule.besides(given)), weight));
    }
  }

  private static long plus(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private static long times(long a, long b) {
    return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
  }
}
