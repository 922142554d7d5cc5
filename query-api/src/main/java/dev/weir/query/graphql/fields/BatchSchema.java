package dev.weir.query.graphql.fields;

import static dev.weir.query.graphql.types.Inputs.argument;
import static dev.weir.query.graphql.types.Inputs.input;
import static graphql.Scalars.GraphQLBoolean;
import static graphql.Scalars.GraphQLString;
import static graphql.schema.GraphQLList.list;
import static graphql.schema.GraphQLNonNull.nonNull;
import static graphql.schema.GraphQLTypeReference.typeRef;

import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.GraphQlSettings.Kind;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.Scalars;
import dev.weir.query.graphql.types.Sources;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLObjectType;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The mutation for several documents, and its types. */
final class BatchSchema {
  private static final String PAYLOAD = "BatchPayload";
  private static final String RESULT = "BatchResult";

  private final Collection<CollectionModel> collections;
  private final SchemaDraft schema;
  private final GraphQlSettings.Work bounds;

  BatchSchema(
      Collection<CollectionModel> collections, SchemaDraft schema, GraphQlSettings.Work bounds) {
    this.collections = collections;
    this.schema = schema;
    this.bounds = bounds;
  }

  /** Adds the mutation. */
  void add() {
    schema.type(payload());
    schema.type(result());
    schema.mutation(
        SchemaDraft.field(
                "batch",
                "Puts, patches and deletes of documents whose keys are in one shard, whatever their"
                    + " collections: all are made, or none, and nobody sees some of them without"
                    + " the others. The conditions look at what was there before. At most "
                    + Operation.Batch.MOST_CHANGES
                    + " operations, and no document twice.",
                typeRef(PAYLOAD))
            .argument(
                argument(
                    BatchFields.OPERATIONS,
                    "What is to be done.",
                    nonNull(list(nonNull(operation())))))
            .argument(
                argument(
                    Arguments.IDEMPOTENCY_KEY,
                    "However often the batch is sent with this key, it is made once.",
                    GraphQLString))
            .argument(WriteSchema.ack())
            .build(),
        new BatchFields(collections, bounds).batch(),
        schema.prices().of(Kind.WRITE, null, given -> given.size(BatchFields.OPERATIONS)));
  }

  private static GraphQLInputObjectType operation() {
    GraphQLInputObjectType.Builder type =
        GraphQLInputObjectType.newInputObject()
            .name("WriteOperation")
            .description("A write of one document within a batch.")
            .field(input(BatchFields.OP, "What is done.", nonNull(kind())))
            .field(
                input(BatchFields.COLLECTION, "As in the configuration.", nonNull(GraphQLString)))
            .field(
                input(
                    Arguments.KEY,
                    "The key, as the collection's own mutations take it.",
                    nonNull(Scalars.JSON)))
            .field(input(Arguments.DOCUMENT, "Of PUT: the whole document.", Scalars.JSON))
            .field(input(Arguments.PATCH, "Of PATCH: a JSON Merge Patch.", Scalars.JSON));
    for (GraphQLArgument one : WriteSchema.conditions()) {
      type.field(input(one.getName(), one.getDescription(), one.getType()));
    }
    return type.build();
  }

  private static GraphQLEnumType kind() {
    GraphQLEnumType.Builder type =
        GraphQLEnumType.newEnum().name("WriteKind").description("What is done to a document.");
    for (BatchFields.Kind kind : BatchFields.Kind.values()) {
      type.value(kind.name(), kind);
    }
    return type.build();
  }

  private GraphQLObjectType payload() {
    return schema
        .object(PAYLOAD, "What a batch did.")
        .field(
            "results",
            "One for each operation, in their order;"
                + " null if that is not known yet (ack: ACCEPTED).",
            SchemaDraft.listOf(RESULT),
            field -> {
              BatchFields.Written written = Sources.of(field, BatchFields.Written.class);
              return written.outcomes().isEmpty() ? null : written.outcomes();
            })
        .field(
            "replayed",
            WriteSchema.REPLAYED,
            nonNull(GraphQLBoolean),
            field -> Sources.of(field, BatchFields.Written.class).replayed())
        .build();
  }

  private GraphQLObjectType result() {
    return schema
        .object(RESULT, "What an operation of a batch did to its document.")
        .field(
            "created",
            "Of PUT and PATCH: whether there was none before.",
            GraphQLBoolean,
            field -> created(Sources.of(field, Outcome.class)))
        .field(
            "version",
            "Of PUT and PATCH: of the document now.",
            GraphQLString,
            field -> version(Sources.of(field, Outcome.class)))
        .field(
            "existed",
            "Of DELETE: whether there was a document.",
            GraphQLBoolean,
            field -> existed(Sources.of(field, Outcome.class)))
        .build();
  }

  /** Whether a document was new; null = nothing was stored, or that is not known. */
  static @Nullable Boolean created(Outcome outcome) {
    return outcome instanceof Outcome.Stored stored ? (Boolean) stored.created() : null;
  }

  /** The version of a stored document; null = nothing was stored, or that is not known. */
  static @Nullable String version(Outcome outcome) {
    return outcome instanceof Outcome.Stored stored ? stored.version().text() : null;
  }

  /** Whether there was a document to delete; null = nothing was deleted, or that is not known. */
  static @Nullable Boolean existed(Outcome outcome) {
    return outcome instanceof Outcome.Removed removed ? (Boolean) removed.existed() : null;
  }
}
