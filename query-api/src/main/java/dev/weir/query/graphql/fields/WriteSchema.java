package dev.weir.query.graphql.fields;

import static dev.weir.query.graphql.types.Inputs.argument;
import static graphql.Scalars.GraphQLBoolean;
import static graphql.Scalars.GraphQLString;
import static graphql.schema.GraphQLList.list;
import static graphql.schema.GraphQLNonNull.nonNull;
import static graphql.schema.GraphQLTypeReference.typeRef;

import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.GraphQlSettings.Kind;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.CollectionNames;
import dev.weir.query.graphql.types.Scalars;
import dev.weir.store.Ack;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import java.util.List;

/** The fields that write one collection, and their types. */
final class WriteSchema {
  /** One instance, because types of one name must be the same object. */
  private static final GraphQLEnumType ACK =
      GraphQLEnumType.newEnum()
          .name("WriteAck")
          .description("When a write is answered.")
          .value("APPLIED", Ack.APPLIED, "Once the shard's active has folded it.")
          .value(
              "ACCEPTED",
              Ack.ACCEPTED,
              "Once the log has it, when nobody knows yet what becomes of it.")
          .value("REPLICATED", Ack.REPLICATED, "Once a standby has folded it too.")
          .build();

  /** What the field {@code replayed} of a payload says. */
  static final String REPLAYED = "Whether it took effect before, under its idempotency key.";

  private final CollectionModel collection;
  private final CollectionNames names;
  private final SchemaDraft schema;
  private final GraphQlSettings.Work bounds;

  WriteSchema(CollectionModel collection, SchemaDraft schema, GraphQlSettings.Work bounds) {
    this.collection = collection;
    this.names = collection.names();
    this.schema = schema;
    this.bounds = bounds;
  }

  /** Adds the mutations. */
  void add() {
    WriteFields fields = new WriteFields(bounds);
    Costs.Rule price = schema.prices().of(Kind.WRITE, collection, given -> 1);
    schema.type(putPayload());
    schema.mutation(
        field(names.put(), "Puts", names.putPayload())
            .argument(argument(Arguments.DOCUMENT, "The whole document.", nonNull(Scalars.JSON)))
            .build(),
        fields.put(collection),
        price);
    if (collection.definition().format().equals("json")) {
      schema.mutation(
          field(names.patch(), "Merges a JSON Merge Patch into", names.putPayload())
              .argument(
                  argument(
                      Arguments.PATCH,
                      "An object; null removes a member, objects are merged.",
                      nonNull(Scalars.JSON)))
              .build(),
          fields.patch(collection),
          price);
    }
    schema.type(deletePayload());
    schema.mutation(
        field(names.delete(), "Deletes", names.deletePayload()).build(),
        fields.delete(collection),
        price);
  }

  private GraphQLFieldDefinition.Builder field(String name, String does, String payload) {
    String of = " a document of '" + collection.definition().name() + "'";
    return SchemaDraft.field(name, does + of + ".", typeRef(payload))
        .argument(
            argument(
                Arguments.KEY,
                "A key of type " + collection.definition().keyType().text() + ".",
                nonNull(key())))
        .arguments(conditions())
        .argument(
            argument(
                Arguments.IDEMPOTENCY_KEY,
                "However often the mutation is sent with this key, it takes effect once.",
                GraphQLString))
        .argument(ack());
  }

  /** The arguments that say on what condition a document is written. */
  static List<GraphQLArgument> conditions() {
    return List.of(
        argument(
            Arguments.IF_MATCH,
            "Versions of which the document must have one; \"*\": there must be a document.",
            list(nonNull(GraphQLString))),
        argument(
            Arguments.IF_NONE_MATCH,
            "\"*\": there must be no document; or versions that it must not have.",
            list(nonNull(GraphQLString))));
  }

  /** The argument that says when a write is answered. */
  static GraphQLArgument ack() {
    return GraphQLArgument.newArgument()
        .name(Arguments.ACK)
        .description("When the write is answered.")
        .type(nonNull(ACK))
        .defaultValueProgrammatic(Ack.APPLIED)
        .build();
  }

  private GraphQLObjectType putPayload() {
    return schema
        .object(names.putPayload(), "What a put or a patch did.")
        .field("key", "As given.", nonNull(key()), WriteFields.key())
        .field(
            "created",
            "Whether there was none before; null if not known yet (ack: ACCEPTED).",
            GraphQLBoolean,
            WriteFields.created())
        .field(
            "version",
            "Of the document now; null if not known yet (ack: ACCEPTED).",
            GraphQLString,
            WriteFields.version())
        .field("replayed", REPLAYED, nonNull(GraphQLBoolean), WriteFields.replayed())
        .field("node", "The document read back.", typeRef(names.typeBase()), WriteFields.document())
        .cost("node", schema.prices().of(Kind.GET, collection, given -> 1))
        .build();
  }

  private GraphQLObjectType deletePayload() {
    return schema
        .object(names.deletePayload(), "What a delete did.")
        .field("key", "As given.", nonNull(key()), WriteFields.key())
        .field(
            "existed",
            "Whether there was a document; null if not known yet (ack: ACCEPTED).",
            GraphQLBoolean,
            WriteFields.existed())
        .field("replayed", REPLAYED, nonNull(GraphQLBoolean), WriteFields.replayed())
        .build();
  }

  private GraphQLScalarType key() {
    return collection.keys().scalar();
  }
}
