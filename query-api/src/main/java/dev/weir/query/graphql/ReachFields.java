package dev.weir.query.graphql;

import dev.weir.query.Result;
import dev.weir.query.graphql.ReachWish.Step;
import dev.weir.query.graphql.Reached.Found;
import dev.weir.store.Key;
import dev.weir.store.Query.Side;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code person { reach(along: …) { … } }}: what can be reached over several edges. */
final class ReachFields {
  static final String ALONG = "along";
  static final String HOPS = "hops";
  static final String ONLY = "only";
  static final int MOST_HOPS = 20;
  static final int USUAL_HOPS = 3;
  static final int MOST_STEPS = 16;

  private final Map<String, EdgeModel> edges;
  private final Map<String, CollectionModel> collections;
  private final GraphQlSettings.Work bounds;

  ReachFields(
      Map<String, EdgeModel> edges,
      Map<String, CollectionModel> collections,
      GraphQlSettings.Work bounds) {
    this.edges = edges;
    this.collections = collections;
    this.bounds = bounds;
  }

  /** How a step may be walked. */
  enum Direction {
    OUT(List.of(Side.OUT)),
    IN(List.of(Side.IN)),
    BOTH(List.of(Side.OUT, Side.IN));

    private final List<Side> sides;

    Direction(List<Side> sides) {
      this.sides = sides;
    }
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
    List<Step> steps = steps(field);
    if (steps.stream().noneMatch(step -> step.edge().vertices(step.side()).equals(start))) {
      throw new InputFault(
          "None of the edges in '" + ALONG + "' leads away from '" + start.definition().name()
              + "'; turn the side round, or take edges that begin or end there.");
    }
    return new ReachWish(
        start,
        steps,
        LinkArguments.number(field, HOPS, USUAL_HOPS, 1, MOST_HOPS),
        LinkArguments.number(
            field, LinkArguments.WITHIN, bounds.maxPage(), 1, bounds.maxCost()),
        only(field),
        LinkArguments.number(
            field, LinkArguments.FIRST, bounds.defaultPage(), 0, bounds.maxPage()));
  }

  private List<Step> steps(DataFetchingEnvironment field) throws InputFault {
    List<Map<String, Object>> given = field.getArgumentOrDefault(ALONG, List.of());
    if (given.isEmpty() || given.size() > MOST_STEPS) {
      throw new InputFault("'" + ALONG + "' names 1 to " + MOST_STEPS + " edge types.");
    }
    List<Step> steps = new ArrayList<>();
    for (Map<String, Object> entry : given) {
      String name = String.valueOf(entry.get("edges"));
      EdgeModel edge = edges.get(name);
      if (edge == null) {
        throw InputFault.unknown("edge type", name, edges.keySet());
      }
      Direction direction =
          entry.get("side") instanceof Direction wanted ? wanted : Direction.OUT;
      var where = LinkArguments.filter(entry.get(LinkArguments.WHERE), "where", edge.edges());
      direction.sides.forEach(side -> steps.add(new Step(edge, side, where)));
    }
    return steps;
  }

  private @Nullable CollectionModel only(DataFetchingEnvironment field) throws InputFault {
    String name = field.getArgument(ONLY);
    if (name == null) {
      return null;
    }
    CollectionModel collection = collections.get(name);
    if (collection == null) {
      throw InputFault.unknown("collection", name, collections.keySet());
    }
    return collection;
  }
}
