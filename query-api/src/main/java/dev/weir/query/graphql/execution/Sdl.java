package dev.weir.query.graphql.execution;

import dev.weir.query.graphql.Freshness;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaPrinter;

/** Schemas as text in the schema definition language, types and fields in alphabetical order. */
final class Sdl {
  private Sdl() {}

  static String of(GraphQLSchema schema) {
    return new SchemaPrinter(
            SchemaPrinter.Options.defaultOptions()
                .includeScalarTypes(true)
                .includeSchemaDefinition(false)
                .includeDirectiveDefinition(Freshness.NAME::equals))
        .print(schema);
  }
}
