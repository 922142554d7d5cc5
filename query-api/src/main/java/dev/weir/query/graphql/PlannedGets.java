package dev.weir.query.graphql;

import dev.weir.query.graphql.GraphQlSettings.Kind;
import graphql.language.Field;
import graphql.schema.GraphQLSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a schema that get a document by its key. Immutable. */
final class PlannedGets implements GetPlan.Gets {
  private final GraphQLSchema schema;
  private final Map<String, CollectionModel> fields = new HashMap<>();
  private final GraphQlSettings.Weights weights;

  PlannedGets(GraphQLSchema schema, Collection<CollectionModel> collections, Prices prices) {
    this.schema = schema;
    this.weights = prices.weights();
    collections.forEach(collection -> fields.put(collection.names().base(), collection));
  }

  @Override
  public @Nullable CollectionModel collection(String field) {
    return fields.get(field);
  }

  @Override
  public long cost(CollectionModel collection) {
    return (long) weights.of(collection.definition().name()) * weights.of(Kind.GET);
  }

  @Override
  public Optional<DocumentPlan> node(CollectionModel collection, Field field) {
    return DocumentPlan.of(collection, field.getSelectionSet(), schema);
  }
}
