package dev.weir.graph.traverse;

import dev.weir.graph.traverse.Cut.Why;
import dev.weir.graph.traverse.Neighbourhood.Reached;
import dev.weir.graph.traverse.Seen.Bundle;
import dev.weir.store.Filter;
import dev.weir.store.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How far a walk has come from one vertex. Used by one thread. */
final class Spread {
  private final VertexId start;
  private final Budget budget;
  private final boolean collects;
  private final Cuts cuts = new Cuts();
  // By collection, the vertices that are in the answer or about to be: most edges lead to one.
  private final Map<Integer, Set<Key>> met = new HashMap<>();
  private final Map<VertexId, Filter> rejected = new HashMap<>();
  private final List<Reached> reached = new ArrayList<>();
  private final Map<Met, Arc> arcs = new LinkedHashMap<>();
  private List<VertexId> frontier;
  private long looked;

  /** An edge, whichever end it was met from. */
  private record Met(int edges, Key edge) {}

  /**
   * A walk that has not left its start.
   *
   * @param collects whether the edges between the vertices are wanted
   */
  Spread(VertexId start, Budget budget, boolean collects) {
    this.start = start;
    this.budget = budget;
    this.collects = collects;
    this.frontier = List.of(start);
    met(start.collection()).add(start.key());
  }

  VertexId start() {
    return start;
  }

  /** The vertices to be visited next. */
  List<VertexId> frontier() {
    return frontier;
  }

  /** Notes that the walk goes no further, because something is used up. */
  void end(Why why, int distance) {
    cuts.note(why, distance);
  }

  /**
   * Takes what was found at the frontier.
   *
   * @param filter which vertices it was to reach; null = all
   * @param next which vertices the next hop may reach, if there is one
   */
  void take(List<Seen> seen, @Nullable Filter filter, @Nullable Hop next, int distance) {
    List<Seen> counted = seen.stream().map(each -> within(each, distance)).toList();
    boolean room = accept(counted, filter, distance);
    frontier = room && next != null ? candidates(counted, next.vertices(), distance) : List.of();
  }

  /** What the vertex has of the edges that may still be looked at. */
  private Seen within(Seen seen, int distance) {
    seen.cuts().forEach(why -> cuts.note(why, distance, seen.vertex()));
    long all = 0;
    for (Bundle bundle : seen.bundles()) {
      all += bundle.size();
    }
    long left = budget.edges() - looked;
    looked += Math.min(all, left);
    if (all <= left) {
      return seen;
    }
    cuts.note(Why.EDGES, distance, seen.vertex());
    List<Bundle> kept = new ArrayList<>();
    for (Bundle bundle : seen.bundles()) {
      kept.add(bundle.first((int) left));
      left -= Math.min(left, bundle.size());
    }
    return new Seen(seen.vertex(), seen.matches(), seen.document(), kept, seen.cuts());
  }

  /** Takes what matches into the answer; false = it is full. */
  private boolean accept(List<Seen> seen, @Nullable Filter filter, int distance) {
    for (Seen each : seen) {
      if (!each.matches()) {
        met(each.vertex().collection()).remove(each.vertex().key());
        if (filter != null) {
          rejected.put(each.vertex(), filter);
        }
        continue;
      }
      if (reached.size() >= budget.vertices()) {
        cuts.note(Why.VERTICES, distance);
        return false;
      }
      reached.add(new Reached(each.vertex(), distance, each.document()));
      if (collects) {
        each.arcs().forEach(arc -> arcs.putIfAbsent(new Met(arc.edges(), arc.link().edge()), arc));
      }
    }
    return true;
  }

  /** Vertices behind the edges that were seen, which are not in the answer yet. */
  private List<VertexId> candidates(List<Seen> seen, @Nullable Filter filter, int distance) {
    long room = budget.vertices() - reached.size();
    List<VertexId> candidates = new ArrayList<>();
    for (Seen each : seen) {
      for (Bundle bundle : each.bundles()) {
        int target = bundle.route().target();
        Set<Key> met = met(target);
        for (int i = 0; i < bundle.size(); i++) {
          Key other = bundle.other(i);
          if (!met.add(other)) {
            continue;
          }
          VertexId vertex = new VertexId(target, other);
          if (filter != null && filter.equals(rejected.get(vertex))) {
            met.remove(other);
          } else if (filter == null && candidates.size() >= room) {
            met.remove(other);
            cuts.note(Why.VERTICES, distance + 1);
            return candidates;
          } else {
            candidates.add(vertex);
          }
        }
      }
    }
    return candidates;
  }

  private Set<Key> met(int collection) {
    return met.computeIfAbsent(collection, none -> new HashSet<>());
  }

  /** What was reached, with the edges between. */
  Traversed.Walked<Neighbourhood> walked(Effort effort) {
    List<Arc> between = List.of();
    if (collects) {
      Set<VertexId> all = new HashSet<>();
      reached.forEach(each -> all.add(each.vertex()));
      between =
          arcs.values().stream()
              .filter(arc -> all.contains(arc.from()) && all.contains(arc.to()))
              .toList();
    }
    return new Traversed.Walked<>(new Neighbourhood(reached, between), cuts.list(), effort);
  }
}
