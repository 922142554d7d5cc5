package dev.weir.query.graphql.fields;

import static graphql.Scalars.GraphQLInt;
import static graphql.Scalars.GraphQLString;
import static graphql.schema.GraphQLList.list;
import static graphql.schema.GraphQLNonNull.nonNull;

import dev.weir.query.Database;
import dev.weir.query.Result;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.Interfaces;
import dev.weir.query.graphql.types.Scalars;
import dev.weir.query.graphql.types.Sources;
import dev.weir.store.Query;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** {@code collections}: what the database holds and what its fields are called. */
final class CollectionsField {
  private static final String TYPE = "Collection";

  private final Database database;

  CollectionsField(Database database) {
    this.database = database;
  }

  /**
   * Adds field and type.
   *
   * @param collections in the order of their ids
   */
  void addTo(SchemaDraft schema, List<CollectionModel> collections) {
    ObjectDraft type = schema.object(TYPE, "A keyed set of documents.");
    text(type, "name", "As in the configuration.", c -> c.definition().name());
    text(
        type,
        "keyType",
        "Such as string, long, tuple(string,long).",
        c -> c.definition().keyType().text());
    text(type, "format", "How documents are stored.", c -> c.definition().format());
    text(
        type,
        "writer",
        "Who may write: api, source or field.",
        c -> c.definition().writer().name().toLowerCase(Locale.ROOT));
    text(type, "field", "The query for one key.", c -> c.names().base());
    text(type, "keysField", "The query for many keys.", c -> c.names().byKeys());
    text(type, "rangeField", "The query for ranges.", c -> c.names().range());
    Interfaces interfaces = schema.interfaces();
    type.field(
            "shards",
            "Over how many shards it is spread.",
            nonNull(GraphQLInt),
            field -> database.shards().shards())
        .field("count", "How many documents it holds.", Scalars.LONG, count())
        .cost("count", given -> 1)
        .field(
            "faults",
            "What its JSON Schema says that this schema cannot follow, and why.",
            nonNull(list(nonNull(GraphQLString))),
            field -> interfaces.faults(Sources.of(field, CollectionModel.class)));
    schema.query(
        SchemaDraft.field("collections", "All collections.", nonNull(SchemaDraft.listOf(TYPE)))
            .build(),
        field -> collections,
        given -> 1);
    schema.type(type.build());
  }

  private static void text(
      ObjectDraft type, String name, String description, Function<CollectionModel, String> value) {
    type.field(
        name,
        description,
        nonNull(GraphQLString),
        field -> value.apply(Sources.of(field, CollectionModel.class)));
  }

  private static DataFetcher<Object> count() {
    return field -> {
      CollectionModel collection = Sources.of(field, CollectionModel.class);
      return RequestScope.of(field)
          .ask(new Query.Count(collection.id()))
          .thenApply(
              result -> {
                if (result instanceof Result.Failure<Long> failure) {
                  return Errors.<Long>field(field, Errors.of(failure.refusal()));
                }
                return DataFetcherResult.<Long>newResult()
                    .data(((Result.Success<Long>) result).value())
                    .build();
              });
    };
  }
}
