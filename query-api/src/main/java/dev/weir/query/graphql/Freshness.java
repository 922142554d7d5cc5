package dev.weir.query.graphql;

import dev.weir.query.PositionToken;
import dev.weir.query.ReadOptions;
import dev.weir.store.Consistency;
import graphql.introspection.Introspection;
import graphql.language.Argument;
import graphql.language.Directive;
import graphql.language.OperationDefinition;
import graphql.language.StringValue;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLDirective;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How fresh and how complete an answer has to be, as a caller writes it.
 *
 * @param level null = the collections' own
 * @param position null = none
 * @param partial whether an answer without the shards that cannot be asked will do
 */
public record Freshness(@Nullable String level, @Nullable String position, boolean partial) {
  public static final String NAME = "consistency";
  static final String PARTIAL = "partial";

  private static final String LEVEL = "level";
  private static final String POSITION = "position";

  /** Nothing is asked for. */
  static final Freshness ANY = new Freshness(null, null, false);

  /** The directive of queries. */
  public static GraphQLDirective directive() {
    return GraphQLDirective.newDirective()
        .name(NAME)
        .description("How fresh the answer has to be.")
        .validLocation(Introspection.DirectiveLocation.QUERY)
        .argument(
            text(
                LEVEL,
                "strong, session, eventual, or bounded;max-age=500ms;max-records=100 with one of"
                    + " both or both; without it the collection's own level."))
        .argument(
            text(
                POSITION,
                "From extensions.weir.position of an earlier answer, or a Weir-Position header:"
                    + " no part of the answer is from before it."))
        .build();
  }

  /** The directive of queries whose answers may lack shards. */
  public static GraphQLDirective partialDirective() {
    return GraphQLDirective.newDirective()
        .name(PARTIAL)
        .description(
            "An answer without the shards that cannot be asked just now will do:"
                + " extensions.weir.missing names them. What they hold is not in lists; keys of"
                + " theirs are null, with an error.")
        .validLocation(Introspection.DirectiveLocation.QUERY)
        .build();
  }

  private static GraphQLArgument text(String name, String description) {
    return GraphQLArgument.newArgument()
        .name(name)
        .description(description)
        .type(graphql.Scalars.GraphQLString)
        .build();
  }

  /** What the directives of an operation say. */
  public static Freshness of(
      OperationDefinition operation, Map<String, @Nullable Object> variables) {
    List<Directive> directives = operation.getDirectives(NAME);
    boolean partial = operation.hasDirective(PARTIAL);
    return directives.isEmpty()
        ? new Freshness(null, null, partial)
        : new Freshness(
            value(directives.get(0), LEVEL, variables),
            value(directives.get(0), POSITION, variables),
            partial);
  }

  private static @Nullable String value(
      Directive directive, String name, Map<String, @Nullable Object> variables) {
    Argument argument = directive.getArgument(name);
    if (argument == null) {
      return null;
    }
    if (argument.getValue() instanceof VariableReference variable) {
      Object value = variables.get(variable.getName());
      return value == null ? null : value.toString();
    }
    return argument.getValue() instanceof StringValue text ? text.getValue() : null;
  }

  /** Both wishes together. */
  public Freshness and(Freshness other) throws InputFault {
    return new Freshness(
        one(level, other.level, "levels"),
        one(position, other.position, "positions"),
        partial || other.partial);
  }

  private static @Nullable String one(@Nullable String one, @Nullable String other, String what)
      throws InputFault {
    if (one != null && other != null && !Objects.equals(one, other)) {
      throw new InputFault(
          "The directive @" + NAME + " and extensions.weir ask for different " + what + ".");
    }
    return one == null ? other : one;
  }

  /** The wish in the words of the database. */
  public ReadOptions options() throws InputFault {
    Consistency wanted = null;
    if (level != null) {
      try {
        wanted = Consistency.parse(level);
      } catch (IllegalArgumentException e) {
        throw new InputFault("This is not a level of consistency: " + e.getMessage() + ".");
      }
    }
    PositionToken token = null;
    if (position != null) {
      token =
          PositionToken.parseAll(position)
              .orElseThrow(() -> new InputFault("The position is not one that was given out."));
      if (wanted instanceof Consistency.Eventual) {
        throw new InputFault("The level eventual does not heed a position: ask for session.");
      }
    }
    return new ReadOptions(wanted, token, null).allowPartial(partial);
  }
}
