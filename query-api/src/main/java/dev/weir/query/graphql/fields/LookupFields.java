package dev.weir.query.graphql.fields;

import dev.weir.query.Result;
import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.NodeIds;
import dev.weir.query.graphql.types.StoredNode;
import dev.weir.store.Document;
import dev.weir.store.Key;
import graphql.GraphQLError;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The fields that find documents by key. Safe from any thread. */
final class LookupFields {
  private final GraphQlSettings.Work bounds;

  LookupFields(GraphQlSettings.Work bounds) {
    this.bounds = bounds;
  }

  /** {@code person(key:)}. */
  DataFetcher<Object> one(CollectionModel collection) {
    return field -> {
      try {
        return load(field, collection, Arguments.key(field, collection, bounds.maxKeyBytes()));
      } catch (InputFault fault) {
        return refused(field, fault);
      }
    };
  }

  /** {@code personByKeys(keys:)}: found and missing, in the order of the keys. */
  DataFetcher<Object> many(CollectionModel collection) {
    return field -> {
      try {
        return loadAll(field, collection, Arguments.keys(field, collection, bounds));
      } catch (InputFault fault) {
        return refused(field, fault);
      }
    };
  }

  /** {@code node(id:)}. */
  DataFetcher<Object> node(Map<Integer, CollectionModel> collections) {
    return field -> {
      Optional<NodeIds.NodeId> id = NodeIds.parse(field.getArgumentOrDefault("id", ""));
      if (id.isEmpty()) {
        return refused(field, new InputFault("The id is not one that this database has given."));
      }
      CollectionModel collection = collections.get(id.get().collection());
      if (collection == null) {
        return null; // dropped, and with it the document
      }
      if (!collection.keys().isKey(id.get().key())) {
        return refused(field, new InputFault("The id is not one that this database has given."));
      }
      return load(field, collection, id.get().key());
    };
  }

  /** A document of a level, or null, or an error. */
  static CompletableFuture<DataFetcherResult<StoredNode>> load(
      DataFetchingEnvironment field, CollectionModel collection, Key key) {
    return RequestScope.of(field)
        .load(collection.id(), key)
        .thenApply(
            result -> {
              if (result instanceof Result.Failure<Optional<Document>> failure) {
                return Errors.field(field, Errors.of(failure.refusal()));
              }
              return DataFetcherResult.<StoredNode>newResult()
                  .data(node(collection, result))
                  .build();
            });
  }

  private static CompletableFuture<DataFetcherResult<List<@Nullable StoredNode>>> loadAll(
      DataFetchingEnvironment field, CollectionModel collection, List<Key> keys) {
    RequestScope scope = RequestScope.of(field);
    List<CompletableFuture<Result<Optional<Document>>>> loads =
        keys.stream().map(key -> scope.load(collection.id(), key)).toList();
    return CompletableFuture.allOf(loads.toArray(CompletableFuture[]::new))
        .thenApply(all -> together(field, collection, loads));
  }

  private static DataFetcherResult<List<@Nullable StoredNode>> together(
      DataFetchingEnvironment field,
      CollectionModel collection,
      List<CompletableFuture<Result<Optional<Document>>>> loads) {
    boolean partial = RequestScope.of(field).partial();
    List<@Nullable StoredNode> nodes = new ArrayList<>();
    List<GraphQLError> errors = new ArrayList<>();
    for (CompletableFuture<Result<Optional<Document>>> load : loads) {
      Result<Optional<Document>> result = load.join();
      if (result instanceof Result.Failure<Optional<Document>> failure) {
        GraphQLError error = Errors.of(failure.refusal());
        if (!partial) {
          // All keys of a level are asked for together, so one failed means all failed.
          return Errors.field(field, error);
        }
        errors.add(Errors.item(field, nodes.size(), error));
        nodes.add(null);
      } else {
        nodes.add(node(collection, result));
      }
    }
    return DataFetcherResult.<List<@Nullable StoredNode>>newResult()
        .data(nodes)
        .errors(errors)
        .build();
  }

  private static @Nullable StoredNode node(
      CollectionModel collection, Result<Optional<Document>> result) {
    Optional<Document> found = ((Result.Success<Optional<Document>>) result).value();
    return found.map(document -> new StoredNode(collection, document)).orElse(null);
  }

  /** An argument's fault as the field's error. */
  static DataFetcherResult<Object> refused(DataFetchingEnvironment field, InputFault fault) {
    GraphQLError error = Errors.of(ErrorCode.BAD_USER_INPUT, fault.text(), fault.facts());
    return Errors.field(field, error);
  }
}
