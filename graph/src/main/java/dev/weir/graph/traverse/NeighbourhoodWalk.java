package dev.weir.graph.traverse;

import dev.weir.graph.traverse.Cut.Why;
import dev.weir.graph.traverse.Walker.Wish;
import dev.weir.store.Filter;
import dev.weir.store.GraphQuery.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Breadth first from one vertex, or from several side by side, each hop of all of them together.
 * Whether a vertex may be reached is decided where it is stored, in the same visit that takes its
 * edges for the next hop.
 */
final class NeighbourhoodWalk {
  private final Walker walker;
  private final List<Hop> hops;
  private final Details details;
  private final boolean collects;

  /**
   * A walk.
   *
   * @param collects whether the edges between the vertices are wanted
   */
  NeighbourhoodWalk(Walker walker, List<Hop> hops, Details details, boolean collects) {
    this.walker = walker;
    this.hops = hops;
    this.details = details;
    this.collects = collects;
  }

  /** From one vertex, which must exist. */
  Traversed<Neighbourhood> from(VertexId start, Budget budget) throws RefusedException {
    Spread spread = new Spread(start, budget, collects);
    List<Seen> first = visit(spread.frontier(), 0, List.of(spread), Wanted.EXISTENCE);
    if (first.get(0).document().isEmpty()) {
      return new Traversed.NoVertex<>(start);
    }
    take(first, 0, List.of(spread));
    spread(List.of(spread), 1);
    return spread.walked(walker.effort());
  }

  /**
   * From several vertices, of which the caller knows whether they exist.
   *
   * @param budget of each of them
   * @return in their order; the effort is that of all
   */
  List<Traversed.Walked<Neighbourhood>> from(List<VertexId> starts, Budget budget)
      throws RefusedException {
    List<Spread> spreads =
        starts.stream().map(start -> new Spread(start, budget, collects)).toList();
    spread(spreads, 0);
    return spreads.stream().map(each -> each.walked(walker.effort())).toList();
  }

  private void spread(List<Spread> all, int from) throws RefusedException {
    for (int distance = from; distance <= hops.size(); distance++) {
      List<Spread> under = all.stream().filter(each -> !each.frontier().isEmpty()).toList();
      if (under.isEmpty()) {
        return;
      }
      take(visit(frontier(under), distance, under, Wanted.NOTHING), distance, under);
    }
  }

  private static List<VertexId> frontier(List<Spread> spreads) {
    if (spreads.size() == 1) {
      return spreads.get(0).frontier();
    }
    Set<VertexId> all = new LinkedHashSet<>();
    spreads.forEach(each -> all.addAll(each.frontier()));
    return List.copyOf(all);
  }

  private void take(List<Seen> seen, int distance, List<Spread> spreads) {
    Hop next = distance < hops.size() ? hops.get(distance) : null;
    if (spreads.size() == 1) {
      spreads.get(0).take(seen, filter(distance), next, distance);
      return;
    }
    Map<VertexId, Seen> byVertex = new HashMap<>();
    seen.forEach(each -> byVertex.put(each.vertex(), each));
    for (Spread spread : spreads) {
      List<Seen> own = new ArrayList<>();
      for (VertexId vertex : new TreeSet<>(spread.frontier())) {
        Seen at = byVertex.get(vertex);
        if (at != null) {
          own.add(at);
        }
      }
      spread.take(own, filter(distance), next, distance);
    }
  }

  private @Nullable Filter filter(int distance) {
    return distance == 0 ? null : hops.get(distance - 1).vertices();
  }

  /** The edges that are followed from a distance; those of the last hop for a complete picture. */
  private List<Step> steps(int distance) {
    if (distance < hops.size()) {
      return hops.get(distance).steps();
    }
    return collects ? hops.get(distance - 1).steps() : List.of();
  }

  /**
   * Visits the frontier.
   *
   * @param least what is to be known of the documents at least
   */
  private List<Seen> visit(
      List<VertexId> frontier, int distance, List<Spread> spreads, Wanted least)
      throws RefusedException {
    boolean start = distance == 0;
    Filter filter = filter(distance);
    List<Step> steps = steps(distance);
    if (!start && !steps.isEmpty() && !walker.edgesLeft(distance)) {
      spreads.forEach(each -> each.end(Why.EDGES, distance));
      steps = List.of();
    }
    Wanted documents = details.documents() == Wanted.NOTHING ? least : details.documents();
    Wish wish = new Wish(filter, documents, details.fields(), steps, details.edgeValues());
    boolean inTime = start || wish.isNothing() || walker.timeLeft(distance);
    if (!inTime) {
      spreads.forEach(each -> each.end(Why.TIME, distance));
    }
    if (!inTime || wish.isNothing()) {
      // Without a filter they are known to be reached, even if nothing more is known of them.
      return frontier.stream()
          .map(vertex -> new Seen(vertex, filter == null, Optional.empty(), List.of(), Set.of()))
          .toList();
    }
    return walker.visit(frontier, wish, distance);
  }
}
