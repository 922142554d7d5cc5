package dev.weir.query.graphql.fields;

import dev.weir.query.Cursors;
import dev.weir.query.Result;
import dev.weir.query.Resumption;
import dev.weir.query.SearchLimits;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.search.Explanation;
import dev.weir.query.search.Lists;
import dev.weir.store.Query;
import dev.weir.store.SearchQuery.Find;
import dev.weir.store.SearchQuery.Found;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Pages of documents that are chosen or ordered by their contents. Safe from any thread. */
final class FindFields {
  private final Cursors cursors;
  private final GraphQlSettings.Work bounds;

  FindFields(Cursors cursors, GraphQlSettings.Work bounds) {
    this.cursors = cursors;
    this.bounds = bounds;
  }

  /** Whether a field asks for more than a range of keys. */
  static boolean isAsked(DataFetchingEnvironment field) {
    return field.containsArgument(FindArguments.WHERE)
        || field.containsArgument(FindArguments.ORDER_BY)
        || Boolean.TRUE.equals(field.getArgument(FindArguments.EXPLAIN));
  }

  /** The page that a field asks for. */
  CompletableFuture<DataFetcherResult<FoundPage>> page(
      DataFetchingEnvironment field, FindArguments arguments) throws InputFault {
    Find find = find(field, arguments);
    RequestScope scope = RequestScope.of(field);
    return scope
        .askWhole(find)
        .thenApply(
            result -> {
              if (result instanceof Result.Failure<Found> failure) {
                return Errors.<FoundPage>field(field, Errors.of(failure.refusal()));
              }
              List<Result.Source> sources =
                  result instanceof Result.Partial<Found> partial
                      ? partial.sources()
                      : ((Result.Success<Found>) result).sources();
              Found found =
                  result instanceof Result.Partial<Found> partial
                      ? partial.value()
                      : ((Result.Success<Found>) result).value();
              if (Boolean.TRUE.equals(field.getArgument(FindArguments.EXPLAIN))) {
                scope.explain(field, Explanation.of(find.filter(), found.plans(), sources));
              }
              return DataFetcherResult.<FoundPage>newResult()
                  .data(new FoundPage(arguments.collection(), find, found))
                  .build();
            });
  }

  private Find find(DataFetchingEnvironment field, FindArguments arguments) throws InputFault {
    if (field.getArgument(RangeQuery.LAST) != null
        || field.getArgument(RangeQuery.BEFORE) != null) {
      throw new InputFault(
          "Lists by contents are read forwards: give 'first' and 'after', and turn 'orderBy'"
              + " round.");
    }
    if (field.getArgumentOrDefault(RangeQuery.ORDER, Query.Order.ASC) == Query.Order.DESC) {
      throw new InputFault(
          "Lists by contents come in the order of 'orderBy', or of keys, ascending.");
    }
    RequestScope scope = RequestScope.of(field);
    SearchLimits limits = scope.searchLimits();
    int size =
        LinkArguments.number(field, RangeQuery.FIRST, bounds.defaultPage(), 1, bounds.maxPage());
    Find whole =
        new Find(
            arguments.collection().id(),
            RangeQuery.range(field, arguments.collection(), bounds),
            arguments.filter(field),
            arguments.order(field),
            size,
            null,
            List.of(),
            limits.rowsOfEach(scope.shards().shards()),
            limits.scans());
    String after = field.getArgument(RangeQuery.AFTER);
    return after == null ? whole : behind(whole, after);
  }

  private Find behind(Find whole, String cursor) throws InputFault {
    Resumption resumption = cursors.resume(cursor, Lists.of(whole));
    if (resumption instanceof Resumption.Behind behind) {
      return new Find(
          whole.collection(),
          whole.range(),
          whole.filter(),
          whole.order(),
          whole.limit(),
          behind.place(),
          whole.fields(),
          whole.most(),
          whole.scans());
    }
    String why = ((Resumption.Refused) resumption).fault().words();
    throw new InputFault("The cursor in 'after' " + why + ".");
  }

  /** The cursor of an edge. */
  String cursor(FoundPage.Edge edge) {
    return cursors.issue(Lists.of(edge.page().find()), edge.place());
  }

  /** The cursor of the first edge; null if there is none. */
  @Nullable String startCursor(FoundPage page) {
    return page.edges().isEmpty() ? null : cursor(page.edges().get(0));
  }

  /** Where the list goes on, which may be behind the last edge; null = nowhere, and no edges. */
  @Nullable String endCursor(FoundPage page) {
    byte[] next = page.found().next();
    if (next != null) {
      return cursors.issue(Lists.of(page.find()), next);
    }
    List<FoundPage.Edge> edges = page.edges();
    return edges.isEmpty() ? null : cursor(edges.get(edges.size() - 1));
  }
}
