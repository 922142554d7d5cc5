package dev.weir.query.graphql.fields;

import static graphql.schema.GraphQLList.list;
import static graphql.schema.GraphQLNonNull.nonNull;
import static graphql.schema.GraphQLTypeReference.typeRef;

import dev.weir.query.graphql.types.Interfaces;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import java.util.HashMap;
import java.util.Map;

/**
 * A schema while it is made: its types, its fields with what answers them, and what they cost. For
 * one thread.
 */
final class SchemaDraft {
  static final String NODE = "Node";
  static final String PAGE_INFO = "PageInfo";

  private final GraphQLCodeRegistry.Builder code;
  private final Interfaces interfaces;
  private final Prices prices;
  private final Map<FieldCoordinates, Costs.Rule> costs = new HashMap<>();
  private final ObjectDraft query;
  private final ObjectDraft mutation;
  private final ObjectDraft subscription;
  private final GraphQLSchema.Builder schema = GraphQLSchema.newSchema();
  private boolean writes;
  private boolean follows;

  /**
   * An empty schema.
   *
   * @param code has the fetchers of documents already
   * @param interfaces what types have in common
   */
  SchemaDraft(GraphQLCodeRegistry.Builder code, Interfaces interfaces, Prices prices) {
    this.code = code;
    this.interfaces = interfaces;
    this.prices = prices;
    this.query = object("Query", "What can be asked.");
    this.mutation = object("Mutation", "What can be written.");
    this.subscription = object("Subscription", "What can be followed.");
  }

  /** What types have in common. */
  Interfaces interfaces() {
    return interfaces;
  }

  /** What fields cost by the configured weights. */
  Prices prices() {
    return prices;
  }

  /** An object type to be made; {@link #type(GraphQLNamedType)} adds it once it is. */
  ObjectDraft object(String name, String description) {
    return new ObjectDraft(name, description, code, costs);
  }

  /** Adds a type that fields refer to by name. */
  void type(GraphQLNamedType type) {
    schema.additionalType(type);
  }

  /** Adds an interface, and what says of a value which of its types it has. */
  void type(GraphQLInterfaceType type, TypeResolver resolver) {
    type(type);
    code.typeResolver(type, resolver);
  }

  /** Adds a directive of operations. */
  void directive(GraphQLDirective directive) {
    schema.additionalDirective(directive);
  }

  /** Adds a field to the queries. */
  void query(GraphQLFieldDefinition field, DataFetcher<?> fetcher, Costs.Rule cost) {
    query.field(field, fetcher).cost(field.getName(), cost);
  }

  /** Adds a field to the mutations. */
  void mutation(GraphQLFieldDefinition field, DataFetcher<?> fetcher, Costs.Rule cost) {
    writes = true;
    mutation.field(field, fetcher).cost(field.getName(), cost);
  }

  /** Adds a field to the subscriptions. */
  void subscription(GraphQLFieldDefinition field, DataFetcher<?> fetcher, Costs.Rule cost) {
    follows = true;
    subscription.field(field, fetcher).cost(field.getName(), cost);
  }

  static GraphQLFieldDefinition.Builder field(
      String name, String description, GraphQLOutputType type) {
    return GraphQLFieldDefinition.newFieldDefinition()
        .name(name)
        .description(description)
        .type(type);
  }

  static GraphQLOutputType listOf(String type) {
    return list(nonNull(typeRef(type)));
  }

  /** The schema of all that was added. */
  GraphQLSchema schema() {
    schema.query(query.build());
    if (writes) {
      schema.mutation(mutation.build());
    }
    if (follows) {
      schema.subscription(subscription.build());
    }
    return schema.codeRegistry(code.build()).build();
  }

  /** What the fields of the schema cost. */
  Costs costs(GraphQLSchema made) {
    return new Costs(made, costs);
  }
}
