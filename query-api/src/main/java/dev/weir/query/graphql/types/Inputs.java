package dev.weir.query.graphql.types;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputType;

/** What callers give: arguments of fields, and fields of input types. */
public final class Inputs {

  private Inputs() {}

  public static GraphQLArgument argument(String name, String description, GraphQLInputType type) {
    return GraphQLArgument.newArgument().name(name).description(description).type(type).build();
  }

  public static GraphQLInputObjectField input(
      String name, String description, GraphQLInputType type) {
    return GraphQLInputObjectField.newInputObjectField()
        .name(name)
        .description(description)
        .type(type)
        .build();
  }
}
