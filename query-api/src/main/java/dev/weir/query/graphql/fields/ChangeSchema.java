package dev.weir.query.graphql.fields;

import static dev.weir.query.graphql.types.Inputs.argument;
import static graphql.Scalars.GraphQLBoolean;
import static graphql.Scalars.GraphQLString;
import static graphql.schema.GraphQLNonNull.nonNull;
import static graphql.schema.GraphQLTypeReference.typeRef;

import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.CollectionNames;
import dev.weir.query.graphql.types.Scalars;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;

/** The types and fields by which collections that keep their changes are followed. */
final class ChangeSchema {
  private static final GraphQLEnumType KIND =
      GraphQLEnumType.newEnum()
          .name("ChangeKind")
          .description("What an event tells of.")
          .value("ROW", ChangeKind.ROW, "A document that is there.")
          .value(
              "COMPLETE",
              ChangeKind.COMPLETE,
              "All documents that were there have been told; changes follow.")
          .value("PUT", ChangeKind.PUT, "A document was stored.")
          .value(
              "REMOVE",
              ChangeKind.REMOVE,
              "A document was removed, or matches no more; it may be one that never did.")
          .build();

  private final SchemaDraft schema;
  private final ChangeFields fields;

  ChangeSchema(SchemaDraft schema, ChangeFields fields) {
    this.schema = schema;
    this.fields = fields;
  }

  /**
   * Adds what a collection needs.
   *
   * @param arguments by which its documents are chosen
   */
  void add(CollectionSchema collection, FindArguments arguments) {
    CollectionModel model = arguments.collection();
    CollectionNames names = model.names();
    schema.type(event(model));
    GraphQLFieldDefinition.Builder field =
        SchemaDraft.field(
                names.changes(),
                "What is in '"
                    + model.definition().name()
                    + "', and then every change, each once and in its order by key.",
                nonNull(typeRef(names.change())))
            .argument(argument(Arguments.KEY, "The one key to follow.", model.keys().scalar()));
    collection.keys(field);
    if (collection.json()) {
      field.argument(arguments.where());
    }
    field
        .argument(
            GraphQLArgument.newArgument()
                .name(ChangeFields.DOCUMENTS)
                .description("Whether the documents that are there come first.")
                .type(nonNull(GraphQLBoolean))
                .defaultValueProgrammatic(true)
                .build())
        .argument(
            argument(
                ChangeFields.AFTER,
                "The cursor of an event, of the same key, range and filter, to go on behind it.",
                GraphQLString));
    schema.subscription(
        field.build(),
        fields.changes(arguments),
        schema.prices().of(GraphQlSettings.Kind.GET, model, given -> 1));
  }

  private GraphQLObjectType event(CollectionModel model) {
    return schema
        .object(
            model.names().change(),
            "What was told to one who follows '" + model.definition().name() + "'.")
        .field("kind", "What it tells of.", nonNull(KIND), ChangeFields.kind())
        .field(
            "key",
            "The document's key; null at COMPLETE.",
            model.keys().scalar(),
            ChangeFields.key())
        .field(
            "node",
            "The document; null at COMPLETE and REMOVE.",
            typeRef(model.names().typeBase()),
            ChangeFields.node())
        .field(
            "version",
            "Which log record made or removed it.",
            GraphQLString,
            ChangeFields.version())
        .field(
            "timestamp", "Of that record, in milliseconds.", Scalars.LONG, ChangeFields.timestamp())
        .field(
            "cursor",
            "Where to go on behind it, at any node; null before COMPLETE.",
            GraphQLString,
            ChangeFields.cursor())
        .build();
  }
}
