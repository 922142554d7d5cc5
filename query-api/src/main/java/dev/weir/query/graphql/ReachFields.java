package dev.weir.query.graphql;

import dev.weir.query.Result;
import dev.weir.query.graphql.ReachWish.Step;
import dev.weir.query.graphql.Reached.Found;
import dev.weir.store.Key;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code person { reach(along: …) { … } }}: what can be reached over several edges. */
final class ReachFields {
  static final String HOPS = "hops";
  static final String ONLY = "only";
  static final int MOST_HOPS = 20;
  static final int USUAL_HOPS = 3;

  private final EdgeSteps steps;
  private final GraphQlSettings.Work bounds;

  ReachFields(EdgeSteps steps, GraphQlSettings.Work bounds) {
    this.steps = steps;
    this.bounds = bounds;
  }

  DataFetcher<Object> reach(CollectionModel start) {
    return field -> {
      Key vertex = Sources.of(field, StoredNode.class).document().key();
      try {
        ReachWish wish = wish(field, start);
        RequestScope scope = RequestScope.of(field);
        CompletableFuture<Result<Reached>> reached =
            scope.load(wish, vertex, keys -> new ReachReader(scope, wish).read(keys));
        return reached.thenApply(
            result ->
                result instanceof Result.Failure<Reached> failure
                    ? Errors.<Reached>field(field, Errors.of(failure.refusal()))
                    : DataFetcherResult.<Reached>newResult()
                        .data(((Result.Success<Reached>) result).value())
                        .build());
      } catch (InputFault fault) {
        return LookupFields.refused(field, fault);
      }
    };
  }

  /** The vertex that was reached, or null. */
  static DataFetcher<Object> node() {
    return field -> {
      Reached.Place place = Sources.of(field, Found.class).place();
      return LookupFields.load(field, place.collection(), place.key());
    };
  }

  private ReachWish wish(DataFetchingEnvironment field, CollectionModel start) throws InputFault {
    List<Step> along = new ArrayList<>();
    for (EdgeSteps.Step step : steps.read(field)) {
      step.sides().forEach(side -> along.add(new Step(step.edge(), side, step.where())));
    }
    String only = field.getArgument(ONLY);
    if (along.stream().noneMatch(step -> step.edge().vertices(step.side()).equals(start))) {
      throw new InputFault(
          "None of the edges in '"
              + EdgeSteps.ALONG
              + "' leads away from '"
              + start.definition().name()
              + "'; turn the side round, or take edges that begin or end there.");
    }
    return new ReachWish(
        start,
        along,
        LinkArguments.number(field, HOPS, USUAL_HOPS, 1, MOST_HOPS),
        LinkArguments.number(field, LinkArguments.WITHIN, bounds.maxPage(), 1, bounds.maxCost()),
        only == null ? null : steps.collection(only),
        LinkArguments.number(
            field, LinkArguments.FIRST, bounds.defaultPage(), 0, bounds.maxPage()));
  }
}
