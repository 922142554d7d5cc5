package dev.weir.query.graphql.fields;

import static graphql.Scalars.GraphQLInt;
import static graphql.Scalars.GraphQLString;
import static graphql.schema.GraphQLList.list;
import static graphql.schema.GraphQLNonNull.nonNull;

import dev.weir.query.Database;
import dev.weir.query.Result;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.fields.SchemaDraft.Column;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.Interfaces;
import dev.weir.query.graphql.types.Scalars;
import dev.weir.query.graphql.types.Sources;
import dev.weir.store.Query;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLObjectType;
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
    GraphQLObjectType.Builder type =
        GraphQLObjectType.newObject().name(TYPE).description("A keyed set of documents.");
    text(schema, type, "name", "As in the configuration.", c -> c.definition().name());
    text(
        schema,
        type,
        "keyType",
        "Such as string, long, tuple(string,long).",
        c -> c.definition().keyType().text());
    text(schema, type, "format", "How documents are stored.", c -> c.definition().format());
    text(
        schema,
        type,
        "writer",
        "Who may write: api, source or field.",
        c -> c.definition().writer().name().toLowerCase(Locale.ROOT));
    text(schema, type, "field", "The query for one key.", c -> c.names().base());
    text(schema, type, "keysField", "The query for many keys.", c -> c.names().byKeys());
    text(schema, type, "rangeField", "The query for ranges.", c -> c.names().range());
    schema.field(
        type,
        TYPE,
        new Column("shards", "Over how many shards it is spread.", nonNull(GraphQLInt)),
        field -> database.shards().shards());
    schema.field(
        type, TYPE, new Column("count", "How many documents it holds.", Scalars.LONG), count());
    schema.cost(TYPE, "count", given -> 1);
    Interfaces interfaces = schema.interfaces();
    schema.field(
        type,
        TYPE,
        new Column(
            "faults",
            "What its JSON Schema says that this schema cannot follow, and why.",
            nonNull(list(nonNull(GraphQLString)))),
        field -> interfaces.faults(Sources.of(field, CollectionModel.class)));
    GraphQLObjectType built = type.build();
    schema.query(
        SchemaDraft.field("collections", "All collections.", nonNull(SchemaDraft.listOf(TYPE)))
            .build(),
        field -> collections,
        given -> 1);
    schema.type(built);
  }

  private static void text(
      SchemaDraft schema,
      GraphQLObjectType.Builder type,
      String name,
      String description,
      Function<CollectionModel, String> value) {
    schema.field(
        type,
        TYPE,
        new Column(name, description, nonNull(GraphQLString)),
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
