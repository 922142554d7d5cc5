package dev.weir.graph.traverse;

import dev.weir.graph.traverse.Cut.Why;
import dev.weir.graph.traverse.Neighbourhood.Reached;
import dev.weir.graph.traverse.Walker.Wish;
import dev.weir.store.Filter;
import dev.weir.store.GraphQuery.Wanted;
import dev.weir.store.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Breadth first from one vertex. Whether a vertex may be reached is decided where it is stored, in
 * the same visit that takes its edges for the next hop.
 */
final class NeighbourhoodWalk {
  private final Walker walker;
  private final Details details;
  private final boolean collects;
  private final Set<VertexId> accepted = new HashSet<>();
  private final Map<VertexId, Filter> rejected = new HashMap<>();
  private final List<Reached> reached = new ArrayList<>();
  private final Map<Met, Arc> arcs = new LinkedHashMap<>();

  /** An edge, whichever end it was met from. */
  private record Met(int edges, Key edge) {}

  /**
   * A walk.
   *
   * @param collects whether the edges between the vertices are wanted
   */
  NeighbourhoodWalk(Walker walker, Details details, boolean collects) {
    this.walker = walker;
    this.details = details;
    this.collects = collects;
  }

  Traversed<Neighbourhood> from(VertexId start, List<Hop> hops) throws RefusedException {
    Set<VertexId> frontier = new LinkedHashSet<>(List.of(start));
    for (int distance = 0; !frontier.isEmpty(); distance++) {
      Filter filter = distance == 0 ? null : hops.get(distance - 1).vertices();
      List<Seen> seen = visit(frontier, filter, steps(hops, distance), distance);
      if (distance == 0 && seen.get(0).document().isEmpty()) {
        return new Traversed.NoVertex<>(start);
      }
      boolean room = accept(seen, filter, distance);
      frontier =
          room && distance < hops.size()
              ? candidates(seen, hops.get(distance).vertices(), distance)
              : Set.of();
    }
    List<Arc> between =
        arcs.values().stream()
            .filter(arc -> accepted.contains(arc.from()) && accepted.contains(arc.to()))
            .toList();
    return new Traversed.Walked<>(
        new Neighbourhood(reached, between), walker.cuts().list(), walker.effort());
  }

  /** The edges that are followed from a distance; those of the last hop for a complete picture. */
  private List<Step> steps(List<Hop> hops, int distance) {
    if (distance < hops.size()) {
      return hops.get(distance).steps();
    }
    return collects ? hops.get(distance - 1).steps() : List.of();
  }

  private List<Seen> visit(
      Set<VertexId> frontier, @Nullable Filter filter, List<Step> steps, int distance)
      throws RefusedException {
    boolean start = distance == 0;
    Wanted documents =
        start && details.documents() == Wanted.NOTHING ? Wanted.EXISTENCE : details.documents();
    boolean edgesLeft = start || steps.isEmpty() || walker.edgesLeft(distance);
    Wish wish =
        new Wish(
            filter,
            documents,
            details.fields(),
            edgesLeft ? steps : List.of(),
            details.edgeValues());
    List<VertexId> vertices = List.copyOf(frontier);
    if (wish.isNothing() || (!start && !walker.timeLeft(distance))) {
      // Without a filter they are known to be reached, even if nothing more is known of them.
      return vertices.stream()
          .map(vertex -> new Seen(vertex, filter == null, Optional.empty(), List.of()))
          .toList();
    }
    return walker.visit(vertices, wish, distance);
  }

  /** Takes what matches into the answer; false = it is full. */
  private boolean accept(List<Seen> seen, @Nullable Filter filter, int distance) {
    for (Seen each : seen) {
      if (!each.matches()) {
        if (filter != null) {
          rejected.put(each.vertex(), filter);
        }
        continue;
      }
      if (reached.size() >= walker.budget().vertices()) {
        walker.cuts().note(Why.VERTICES, distance);
        return false;
      }
      accepted.add(each.vertex());
      reached.add(new Reached(each.vertex(), distance, each.document()));
      if (collects) {
        each.arcs().forEach(arc -> arcs.putIfAbsent(met(arc), arc));
      }
    }
    return true;
  }

  private static Met met(Arc arc) {
    return new Met(arc.edges(), arc.link().edge());
  }

  /** Vertices behind the edges that were seen, which are not in the answer yet. */
  private Set<VertexId> candidates(List<Seen> seen, @Nullable Filter filter, int distance) {
    long room = walker.budget().vertices() - reached.size();
    Set<VertexId> candidates = new LinkedHashSet<>();
    for (Seen each : seen) {
      for (Arc arc : each.arcs()) {
        VertexId other = arc.other();
        if (accepted.contains(other) || (filter != null && filter.equals(rejected.get(other)))) {
          continue;
        }
        if (filter == null && candidates.size() >= room && !candidates.contains(other)) {
          walker.cuts().note(Why.VERTICES, distance + 1);
          return candidates;
        }
        candidates.add(other);
      }
    }
    return candidates;
  }
}
