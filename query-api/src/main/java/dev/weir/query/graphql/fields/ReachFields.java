package dev.weir.query.graphql.fields;

import dev.weir.graph.traverse.Budget;
import dev.weir.graph.traverse.Details;
import dev.weir.graph.traverse.Hop;
import dev.weir.graph.traverse.Neighbourhood;
import dev.weir.graph.traverse.Step;
import dev.weir.graph.traverse.Traversals;
import dev.weir.graph.traverse.Traversed;
import dev.weir.graph.traverse.Traversed.Walked;
import dev.weir.graph.traverse.VertexId;
import dev.weir.query.Result;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.fields.Reached.Found;
import dev.weir.query.graphql.fields.Reached.Place;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.Sources;
import dev.weir.query.graphql.types.StoredNode;
import dev.weir.store.Key;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.Collections;
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
            scope.load(wish, vertex, keys -> scope.work(() -> walk(scope, wish, keys)));
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

  /** Walks from all of the vertices together; waits for the database. */
  private List<Result<Reached>> walk(RequestScope scope, ReachWish wish, List<Key> vertices) {
    int within = wish.within();
    Traversed<List<Walked<Neighbourhood>>> walked =
        new Traversals(new ScopeReads(scope))
            .neighbourhoods(
                vertices.stream().map(key -> new VertexId(wish.start().id(), key)).toList(),
                Collections.nCopies(wish.hops(), wish.hop()),
                new Budget(within + 1L, within, within, bounds.deadline()),
                Details.KEYS);
    if (walked instanceof Walked<List<Walked<Neighbourhood>>> all) {
      return all.value().stream()
          .<Result<Reached>>map(each -> new Result.Success<>(reached(wish, each), List.of()))
          .toList();
    }
    if (walked instanceof Traversed.Refused<List<Walked<Neighbourhood>>> refused) {
      return Collections.nCopies(vertices.size(), new Result.Failure<>(refused.refusal()));
    }
    throw new IllegalStateException("checked before it was asked: " + walked);
  }

  private Reached reached(ReachWish wish, Walked<Neighbourhood> walked) {
    List<Found> found = new ArrayList<>();
    for (Neighbourhood.Reached each : walked.value().reached()) {
      CollectionModel collection = steps.collection(each.vertex().collection());
      if (each.distance() > 0 && (wish.only() == null || collection.equals(wish.only()))) {
        found.add(new Found(new Place(collection, each.vertex().key()), each.distance()));
      }
    }
    boolean tooMany = found.size() > wish.first();
    return new Reached(
        tooMany ? found.subList(0, wish.first()) : found, tooMany || !walked.cuts().isEmpty());
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
    boolean leads = false;
    for (EdgeSteps.Step step : steps.read(field)) {
      along.add(new Step(step.edge().edges().id(), step.direction(), step.where()));
      leads |= step.sides().stream().anyMatch(side -> step.edge().vertices(side).equals(start));
    }
    String only = field.getArgument(ONLY);
    if (!leads) {
      throw new InputFault(
          "None of the edges in '"
              + EdgeSteps.ALONG
              + "' leads away from '"
              + start.definition().name()
              + "'; turn the side round, or take edges that begin or end there.");
    }
    return new ReachWish(
        start,
        new Hop(along, null),
        LinkArguments.number(field, HOPS, USUAL_HOPS, 1, MOST_HOPS),
        LinkArguments.number(field, LinkArguments.WITHIN, bounds.maxPage(), 1, bounds.maxCost()),
        only == null ? null : steps.collection(only),
        LinkArguments.number(
            field, LinkArguments.FIRST, bounds.defaultPage(), 0, bounds.maxPage()));
  }
}
