package dev.weir.query.graphql.documents;

import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.GraphQlSettings.Kind;
import dev.weir.query.graphql.types.CollectionModel;
import graphql.language.Field;
import graphql.schema.GraphQLSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a schema that get a document by its key. Immutable. */
final class PlannedGets {
  private final GraphQLSchema schema;
  private final Map<String, CollectionModel> fields = new HashMap<>();
  private final GraphQlSettings.Weights weights;

  PlannedGets(
      GraphQLSchema schema,
      Collection<CollectionModel> collections,
      GraphQlSettings.Weights weights) {
    this.schema = schema;
    this.weights = weights;
    collections.forEach(collection -> fields.put(collection.names().base(), collection));
  }

  /** The collection that a field of the queries gets documents of by key; null = it does not. */
  @Nullable CollectionModel collection(String field) {
    return fields.get(field);
  }

  /** What such a field costs. */
  long cost(CollectionModel collection) {
    return (long) weights.of(collection.definition().name()) * weights.of(Kind.GET);
  }

  /** The plan of a node's fields; empty = there is none. */
  Optional<DocumentPlan> node(CollectionModel collection, Field field) {
    return DocumentPlan.of(collection, field.getSelectionSet(), schema);
  }
}
