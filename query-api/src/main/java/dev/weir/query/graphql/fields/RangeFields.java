package dev.weir.query.graphql.fields;

import dev.weir.query.Cursors;
import dev.weir.query.Result;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.Sources;
import dev.weir.query.graphql.types.StoredNode;
import dev.weir.store.Document;
import dev.weir.store.KeyRange;
import dev.weir.store.Query;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code personRange(…)} as a connection (Relay Cursor Connections). Safe from any thread. */
final class RangeFields {
  private final Cursors cursors;
  private final GraphQlSettings.Work bounds;
  private final FindFields finds;

  RangeFields(Cursors cursors, GraphQlSettings.Work bounds) {
    this.finds = new FindFields(cursors, bounds);
    this.cursors = cursors;
    this.bounds = bounds;
  }

  /** The connection itself. */
  DataFetcher<Object> connection(FindArguments arguments) {
    CollectionModel collection = arguments.collection();
    return field -> {
      try {
        if (FindFields.isAsked(field)) {
          return finds.page(field, arguments);
        }
        return read(field, collection, RangeQuery.of(field, collection, cursors, bounds));
      } catch (InputFault fault) {
        return LookupFields.refused(field, fault);
      }
    };
  }

  /** The edges of a page. */
  static DataFetcher<Object> edges() {
    return field ->
        field.getSource() instanceof FoundPage page
            ? page.edges()
            : Sources.of(field, RangePage.class).edges();
  }

  /** The document of an edge. */
  static DataFetcher<StoredNode> node() {
    return field ->
        field.getSource() instanceof FoundPage.Edge edge
            ? edge.node()
            : Sources.of(field, RangePage.Edge.class).node();
  }

  /** The cursor of an edge; in a range it works in both directions. */
  DataFetcher<String> cursor() {
    return field -> {
      if (field.getSource() instanceof FoundPage.Edge edge) {
        return finds.cursor(edge);
      }
      RangePage.Edge edge = Sources.of(field, RangePage.Edge.class);
      return cursor(edge.page(), edge.node().document());
    };
  }

  /** The cursor of the first edge; null if there is none. */
  DataFetcher<@Nullable String> startCursor() {
    return field -> {
      if (field.getSource() instanceof FoundPage found) {
        return finds.startCursor(found);
      }
      RangePage page = Sources.of(field, RangePage.class);
      List<Document> documents = page.documents();
      return documents.isEmpty() ? null : cursor(page, documents.get(0));
    };
  }

  /** The cursor of the last edge; null if there is none. */
  DataFetcher<@Nullable String> endCursor() {
    return field -> {
      if (field.getSource() instanceof FoundPage found) {
        return finds.endCursor(found);
      }
      RangePage page = Sources.of(field, RangePage.class);
      List<Document> documents = page.documents();
      return documents.isEmpty() ? null : cursor(page, documents.get(documents.size() - 1));
    };
  }

  /** Whether the list goes on behind the page; asks only when the page does not tell. */
  DataFetcher<Object> hasNextPage() {
    return field -> {
      if (field.getSource() instanceof FoundPage found) {
        return found.found().next() != null;
      }
      RangePage page = Sources.of(field, RangePage.class);
      return page.query().forward() ? page.more() : probe(field, page, page.query().behind());
    };
  }

  /** Whether the list has something ahead of the page; asks only when the page does not tell. */
  DataFetcher<Object> hasPreviousPage() {
    return field -> {
      if (field.getSource() instanceof FoundPage found) {
        return found.find().after() != null;
      }
      RangePage page = Sources.of(field, RangePage.class);
      return page.query().forward() ? probe(field, page, page.query().ahead()) : page.more();
    };
  }

  private static CompletableFuture<DataFetcherResult<RangePage>> read(
      DataFetchingEnvironment field, CollectionModel collection, RangeQuery query) {
    KeyRange window = query.window();
    if (RangeQuery.isEmpty(window)) {
      Query.Page nothing = new Query.Page(List.of(), false);
      return CompletableFuture.completedFuture(page(RangePage.of(collection, query, nothing)));
    }
    Query.Scan scan =
        new Query.Scan(collection.id(), window, query.direction(), Math.max(1, query.size()));
    return RequestScope.of(field)
        .ask(scan)
        .thenApply(
            result -> {
              if (result instanceof Result.Failure<Query.Page> failure) {
                return Errors.<RangePage>field(field, Errors.of(failure.refusal()));
              }
              Query.Page page = ((Result.Success<Query.Page>) result).value();
              return page(RangePage.of(collection, query, page));
            });
  }

  private static DataFetcherResult<RangePage> page(RangePage page) {
    return DataFetcherResult.<RangePage>newResult().data(page).build();
  }

  private static CompletableFuture<DataFetcherResult<Boolean>> probe(
      DataFetchingEnvironment field, RangePage page, @Nullable KeyRange range) {
    if (range == null || RangeQuery.isEmpty(range)) {
      return CompletableFuture.completedFuture(truth(false));
    }
    Query.Scan scan = new Query.Scan(page.collection().id(), range, Query.Order.ASC, 1);
    CompletableFuture<Result<Query.Page>> answer = RequestScope.of(field).ask(scan);
    return answer.thenApply(
        result -> {
          if (result instanceof Result.Failure<Query.Page> failure) {
            return Errors.<Boolean>field(field, Errors.of(failure.refusal()));
          }
          Query.Page found = ((Result.Success<Query.Page>) result).value();
          return truth(!found.documents().isEmpty());
        });
  }

  private static DataFetcherResult<Boolean> truth(boolean value) {
    return DataFetcherResult.<Boolean>newResult().data(value).build();
  }

  private String cursor(RangePage page, Document document) {
    return cursors.issue(page.query().list(), document.key());
  }
}
