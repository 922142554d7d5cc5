package dev.weir.query.graphql;

import dev.weir.query.Result;
import dev.weir.query.graphql.ReachWish.Step;
import dev.weir.query.graphql.Reached.Found;
import dev.weir.query.graphql.Reached.Place;
import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Neighbours;
import dev.weir.store.Key;
import dev.weir.store.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Follows edges from the vertices of one level, hop by hop, breadth first: the edges of a hop are
 * asked for together for all of them, with one call to each node. Used once.
 */
final class ReachReader {
  private final RequestScope scope;
  private final ReachWish wish;
  private final List<Walk> walks = new ArrayList<>();

  ReachReader(RequestScope scope, ReachWish wish) {
    this.scope = scope;
    this.wish = wish;
  }

  /** One start and what was found from there. */
  private static final class Walk {
    private final Set<Place> met = new LinkedHashSet<>();
    private final List<Found> found = new ArrayList<>();
    private List<Place> frontier = new ArrayList<>();
    private int looked;
    private boolean cut;
  }

  /** What is asked at a hop: the edges of one step at these vertices. */
  private record Asked(Step step, List<Key> vertices) {}

  /** What was reached from each vertex, in their order. */
  CompletableFuture<List<Result<Reached>>> read(List<Key> vertices) {
    for (Key vertex : vertices) {
      Walk walk = new Walk();
      Place place = new Place(wish.start(), vertex);
      walk.met.add(place);
      walk.frontier.add(place);
      walks.add(walk);
    }
    return hop(1);
  }

  private CompletableFuture<List<Result<Reached>>> hop(int distance) {
    List<Asked> asked = asked();
    if (distance > wish.hops() || asked.isEmpty()) {
      return CompletableFuture.completedFuture(
          walks.stream()
              .<Result<Reached>>map(w -> new Result.Success<>(answer(w), List.of()))
              .toList());
    }
    List<Query<?>> queries = new ArrayList<>();
    for (Asked each : asked) {
      Step step = each.step();
      queries.add(
          new GraphQuery.Expand(
              step.edge().edges().id(),
              step.side(),
              each.vertices(),
              wish.within(),
              null,
              step.where(),
              false));
    }
    return scope
        .ask(new Query.Several(queries))
        .thenCompose(
            result -> {
              if (result instanceof Result.Failure<List<Object>> failure) {
                return CompletableFuture.completedFuture(
                    walks.stream()
                        .<Result<Reached>>map(w -> new Result.Failure<>(failure.refusal()))
                        .toList());
              }
              follow(asked, ((Result.Success<List<Object>>) result).value(), distance);
              return hop(distance + 1);
            });
  }

  private List<Asked> asked() {
    List<Asked> asked = new ArrayList<>();
    for (Step step : wish.steps()) {
      Set<Key> vertices = new LinkedHashSet<>();
      for (Walk walk : walks) {
        walk.frontier.stream()
            .filter(place -> place.collection().equals(step.edge().vertices(step.side())))
            .forEach(place -> vertices.add(place.key()));
      }
      if (!vertices.isEmpty()) {
        asked.add(new Asked(step, List.copyOf(vertices)));
      }
    }
    return asked;
  }

  @SuppressWarnings("unchecked") // each question fixes its answer's type
  private void follow(List<Asked> asked, List<Object> answers, int distance) {
    Map<Step, Map<Key, Neighbours>> edges = new LinkedHashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      List<Neighbours> answer = (List<Neighbours>) answers.get(i);
      Map<Key, Neighbours> byVertex = new HashMap<>();
      for (int v = 0; v < answer.size(); v++) {
        byVertex.put(asked.get(i).vertices().get(v), answer.get(v));
      }
      edges.put(asked.get(i).step(), byVertex);
    }
    for (Walk walk : walks) {
      List<Place> frontier = walk.frontier;
      walk.frontier = new ArrayList<>();
      for (Place place : frontier) {
        edges.forEach((step, byVertex) -> follow(walk, place, step, byVertex, distance));
      }
    }
  }

  private void follow(Walk walk, Place place, Step step, Map<Key, Neighbours> edges, int distance) {
    Neighbours neighbours =
        place.collection().equals(step.edge().vertices(step.side()))
            ? edges.get(place.key())
            : null;
    if (neighbours == null) {
      return;
    }
    walk.cut |= neighbours.more();
    CollectionModel others = step.edge().others(step.side());
    for (Link link : neighbours.links()) {
      if (++walk.looked > wish.within()) {
        walk.cut = true;
        return;
      }
      Place other = new Place(others, link.other());
      if (walk.met.add(other)) {
        walk.frontier.add(other);
        walk.found.add(new Found(other, distance));
      }
    }
  }

  private Reached answer(Walk walk) {
    List<Found> found = new ArrayList<>(walk.found);
    if (wish.only() != null) {
      found.removeIf(each -> !each.place().collection().equals(wish.only()));
    }
    boolean tooMany = found.size() > wish.first();
    return new Reached(tooMany ? found.subList(0, wish.first()) : found, tooMany || walk.cut);
  }
}
