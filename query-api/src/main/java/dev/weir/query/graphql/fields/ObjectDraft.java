package dev.weir.query.graphql.fields;

import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLTypeReference;
import java.util.Map;

/**
 * An object type while it is made: its fields with what answers them, and what they cost. For one
 * thread.
 */
final class ObjectDraft {
  private final String name;
  private final GraphQLObjectType.Builder type;
  private final GraphQLCodeRegistry.Builder code;
  private final Map<FieldCoordinates, Costs.Rule> costs;

  /**
   * A type without fields.
   *
   * @param code takes what answers its fields
   * @param costs takes what they cost
   */
  ObjectDraft(
      String name,
      String description,
      GraphQLCodeRegistry.Builder code,
      Map<FieldCoordinates, Costs.Rule> costs) {
    this.name = name;
    this.type = GraphQLObjectType.newObject().name(name).description(description);
    this.code = code;
    this.costs = costs;
  }

  /** Adds a field without arguments. */
  ObjectDraft field(
      String field, String description, GraphQLOutputType output, DataFetcher<?> fetcher) {
    return field(SchemaDraft.field(field, description, output).build(), fetcher);
  }

  /** Adds a field. */
  ObjectDraft field(GraphQLFieldDefinition field, DataFetcher<?> fetcher) {
    type.field(field);
    code.dataFetcher(FieldCoordinates.coordinates(name, field.getName()), fetcher);
    return this;
  }

  /** Says what a field costs; other fields are free. */
  ObjectDraft cost(String field, Costs.Rule rule) {
    costs.put(FieldCoordinates.coordinates(name, field), rule);
    return this;
  }

  /** Says which interface the type implements. */
  ObjectDraft implementing(GraphQLTypeReference shared) {
    type.withInterface(shared);
    return this;
  }

  /** The type with all that was added. */
  GraphQLObjectType build() {
    return type.build();
  }
}
