package dev.weir.query.graphql.fields;

import dev.weir.query.Cursors;
import dev.weir.query.Result;
import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.fields.LinkPage.Entry;
import dev.weir.query.graphql.fields.LinkPage.Placed;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.DocumentValues;
import dev.weir.query.graphql.types.Sources;
import dev.weir.query.graphql.types.StoredNode;
import dev.weir.query.graphql.types.StoredValues;
import dev.weir.store.Document;
import dev.weir.store.GraphQuery;
import dev.weir.store.Key;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields that follow edges. A connection asks for nothing by itself: what is selected inside it
 * does, together with the same fields of the other vertices of its level. Safe from any thread.
 */
final class LinkFields {
  private final Cursors cursors;
  private final GraphQlSettings.Work bounds;
  private final LinkArguments arguments;

  LinkFields(Cursors cursors, GraphQlSettings.Work bounds) {
    this.cursors = cursors;
    this.bounds = bounds;
    this.arguments = new LinkArguments(cursors, bounds);
  }

  /** The source of a connection's fields, of which nothing has been read yet. */
  private record Links(Key vertex, LinkWish wish) {}

  /** Kind of a batch that counts edges. */
  private record Counting(int collection, GraphQuery.Side side) {}

  /** {@code person { knows(…) { … } }}. */
  DataFetcher<Object> connection(LinkField link) {
    return field -> {
      Key vertex = Sources.of(field, StoredNode.class).document().key();
      try {
        return new Links(vertex, arguments.read(field, link, vertex));
      } catch (InputFault fault) {
        return LookupFields.refused(field, fault);
      }
    };
  }

  /** How many edges there are, whatever was chosen among them. */
  DataFetcher<Object> degree() {
    return field -> {
      Links links = Sources.of(field, Links.class);
      RequestScope scope = RequestScope.of(field);
      EdgeModel edge = links.wish().edge();
      GraphQuery.Side side = links.wish().side();
      CompletableFuture<Result<Long>> degree =
          scope.load(
              new Counting(edge.edges().id(), side),
              links.vertex(),
              keys ->
                  scope.askEach(
                      new GraphQuery.Degrees(edge.edges().id(), side, keys),
                      edge.vertices(side).id(),
                      keys));
      return degree.thenApply(result -> answer(field, result, Function.identity()));
    };
  }

  /** The edges of the page. */
  DataFetcher<Object> edges() {
    return field -> page(field, LinkPage::entries);
  }

  /** Where the page lies. */
  DataFetcher<Object> pageInfo() {
    return field -> page(field, page -> page);
  }

  private <T> CompletableFuture<DataFetcherResult<T>> page(
      DataFetchingEnvironment field, Function<LinkPage, T> part) {
    Links links = Sources.of(field, Links.class);
    RequestScope scope = RequestScope.of(field);
    CompletableFuture<Result<LinkPage>> page =
        scope.load(
            links.wish(), links.vertex(), keys -> new LinkReader(scope, links.wish()).read(keys));
    return page.thenApply(result -> answer(field, result, part));
  }

  private <R, T> DataFetcherResult<T> answer(
      DataFetchingEnvironment field, Result<R> result, Function<R, T> part) {
    if (result instanceof Result.Failure<R> failure) {
      return Errors.field(field, Errors.of(failure.refusal()));
    }
    R value = ((Result.Success<R>) result).value();
    if (value instanceof LinkPage page && page.tooMany()) {
      return Errors.field(field, tooMany(page.wish()));
    }
    return DataFetcherResult.<T>newResult().data(part.apply(value)).build();
  }

  private graphql.GraphQLError tooMany(LinkWish wish) {
    return Errors.of(
        ErrorCode.LIMIT_EXCEEDED,
        "The vertex has more edges than are put in order; choose fewer with 'where', look at more"
            + " with 'within', or leave 'orderBy' out.",
        Map.of("within", wish.within(), "limit", bounds.maxCost()));
  }

  /** The place of an edge in its list. */
  DataFetcher<String> cursor() {
    return field -> {
      Entry entry = Sources.of(field, Entry.class);
      return LinkPlace.cursor(cursors, entry.page(), entry.placed());
    };
  }

  /** The cursor of a page's first or last edge; null on an empty page. */
  @Nullable String cursor(LinkPage page, boolean first) {
    List<Placed> links = page.links();
    Placed placed = first && !links.isEmpty() ? links.get(0) : page.end();
    return placed == null || (first && links.isEmpty())
        ? null
        : LinkPlace.cursor(cursors, page, placed);
  }

  /** The edge's own key. */
  static DataFetcher<Object> key(EdgeModel edge) {
    return field -> edge.edges().keys().value(Sources.of(field, Entry.class).link().edge());
  }

  static DataFetcher<String> version() {
    return field -> Sources.of(field, Entry.class).link().version().text();
  }

  static DataFetcher<Long> timestamp() {
    return field -> Sources.of(field, Entry.class).link().timestamp();
  }

  /** The edge's document, whole or to be looked into. */
  static DataFetcher<Object> properties(EdgeModel edge, boolean typed) {
    return field -> {
      byte[] value = Sources.of(field, Entry.class).link().value();
      var definition = edge.edges().definition();
      return typed
          ? DocumentValues.object(field, StoredValues.tree(definition, value))
          : StoredValues.raw(definition, value);
    };
  }

  /** The key of the document at the other end. */
  static DataFetcher<Object> nodeKey(CollectionModel others) {
    return field -> others.keys().value(Sources.of(field, Entry.class).link().other());
  }

  /** The document at the other end, or null. */
  static DataFetcher<Object> node(CollectionModel others) {
    return field -> LookupFields.load(field, others, Sources.of(field, Entry.class).link().other());
  }

  /** Whether there is no document at the other end. */
  static DataFetcher<Object> dangling(CollectionModel others) {
    return field ->
        RequestScope.of(field)
            .load(others.id(), Sources.of(field, Entry.class).link().other())
            .thenApply(
                result ->
                    result instanceof Result.Failure<Optional<Document>> failure
                        ? Errors.<Boolean>field(field, Errors.of(failure.refusal()))
                        : DataFetcherResult.<Boolean>newResult()
                            .data(((Result.Success<Optional<Document>>) result).value().isEmpty())
                            .build());
  }

  /** The document that an edge begins or ends at, seen from the edge's own document. */
  static DataFetcher<Object> end(EdgeModel edge, boolean from) {
    return field -> {
      Key key = Sources.of(field, StoredNode.class).document().key();
      return LookupFields.load(
          field,
          from ? edge.from() : edge.to(),
          from ? edge.keys().from(key) : edge.keys().to(key));
    };
  }
}
