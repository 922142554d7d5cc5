package dev.weir.graph.traverse;

import dev.weir.graph.traverse.Cut.Why;
import dev.weir.graph.traverse.Walker.Wish;
import dev.weir.store.GraphQuery.Wanted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A path of the least sum of weights. The vertices nearest to the start are visited together, as
 * far as an average edge reaches beyond the nearest of them; their edges are remembered, so that a
 * shorter way that is found later is carried on without another visit. The search ends when no
 * vertex that was not visited is nearer than the target.
 */
final class WeightedWalk {
  private static final int MOST_AT_ONCE = 2_000;

  private final Walker walker;
  private final Hop hop;
  private final Weights weights;
  private final Details details;
  private final VertexId from;
  private final VertexId to;
  private final Map<VertexId, Double> distances = new HashMap<>();
  private final Map<VertexId, Arc> came = new HashMap<>();
  private final Map<VertexId, List<Weights.Weighed>> known = new HashMap<>();
  private final Set<VertexId> forbidden = new HashSet<>();
  private final PriorityQueue<Open> open = new PriorityQueue<>(Comparator.naturalOrder());
  private double sum;
  private long count;

  /** A vertex that was not visited when it was found at a distance. */
  private record Open(double distance, VertexId vertex) implements Comparable<Open> {
    @Override
    public int compareTo(Open other) {
      int byDistance = Double.compare(distance, other.distance);
      return byDistance != 0 ? byDistance : vertex.compareTo(other.vertex);
    }
  }

  WeightedWalk(Walker walker, VertexId from, VertexId to, Hop hop, String weight, Details details) {
    this.walker = walker;
    this.hop = hop;
    this.weights = new Weights(weight);
    this.details = details;
    this.from = from;
    this.to = to;
  }

  Traversed<Optional<Path>> search() throws RefusedException {
    List<Boolean> exist = walker.exist(List.of(from, to));
    if (!exist.get(0) || !exist.get(1)) {
      return new Traversed.NoVertex<>(exist.get(0) ? to : from);
    }
    distances.put(from, 0.0);
    open.add(new Open(0, from));
    boolean begun = false;
    for (List<VertexId> batch = nearest(); !batch.isEmpty(); batch = nearest()) {
      if (begun
          && (!walker.timeLeft(walker.effort().rounds())
              || !walker.edgesLeft(walker.effort().rounds()))) {
        break;
      }
      if (known.size() + (long) batch.size() > walker.budget().vertices()) {
        walker.cuts().note(Why.VERTICES, walker.effort().rounds());
        break;
      }
      begun = true;
      Optional<Traversed.NoWeight<Optional<Path>>> fault = visit(batch);
      if (fault.isPresent()) {
        return fault.get();
      }
    }
    Optional<Path> path = distances.containsKey(to) ? Optional.of(path()) : Optional.empty();
    return new Traversed.Walked<>(path, walker.cuts().list(), walker.effort());
  }

  /** The vertices to visit next; none = the search is over. */
  private List<VertexId> nearest() {
    double target = distances.getOrDefault(to, Double.POSITIVE_INFINITY);
    Set<VertexId> batch = new HashSet<>();
    double reach = Double.NaN;
    while (!open.isEmpty() && batch.size() < MOST_AT_ONCE) {
      Open next = open.element();
      if (next.distance >= target || next.distance > reach) {
        break;
      }
      open.remove();
      boolean stale = known.containsKey(next.vertex) || next.distance > distance(next.vertex);
      if (stale || next.vertex.equals(to)) {
        continue;
      }
      if (Double.isNaN(reach)) {
        reach = next.distance + (count == 0 ? 0 : sum / count);
      }
      batch.add(next.vertex);
    }
    return new ArrayList<>(batch);
  }

  private double distance(VertexId vertex) {
    return distances.getOrDefault(vertex, Double.POSITIVE_INFINITY);
  }

  private Optional<Traversed.NoWeight<Optional<Path>>> visit(List<VertexId> batch)
      throws RefusedException {
    boolean start = batch.contains(from);
    Wish wish =
        new Wish(start ? null : hop.vertices(), Wanted.NOTHING, List.of(), hop.steps(), true);
    Deque<VertexId> moved = new ArrayDeque<>();
    for (Seen seen : walker.visit(batch, wish, walker.effort().rounds())) {
      List<Weights.Weighed> weighed = new ArrayList<>();
      if (!seen.matches()) {
        forbidden.add(seen.vertex());
      }
      for (Arc arc : seen.arcs()) {
        Weights.Reading reading = weights.of(arc);
        if (reading.problem() != null) {
          return Optional.of(
              new Traversed.NoWeight<>(arc.edges(), arc.link().edge(), reading.problem()));
        }
        weighed.add(new Weights.Weighed(arc, reading.weight()));
        sum += reading.weight();
        count++;
      }
      known.put(seen.vertex(), weighed);
      moved.add(seen.vertex());
    }
    relax(moved);
    return Optional.empty();
  }

  /** Carries shorter distances on through what is known. */
  private void relax(Deque<VertexId> moved) {
    while (!moved.isEmpty()) {
      VertexId vertex = moved.remove();
      if (forbidden.contains(vertex)) {
        continue;
      }
      double here = distance(vertex);
      for (Weights.Weighed edge : known.getOrDefault(vertex, List.of())) {
        VertexId other = edge.arc().other();
        double there = here + edge.weight();
        if (there < distance(other)) {
          distances.put(other, there);
          came.put(other, edge.arc());
          if (known.containsKey(other)) {
            moved.add(other);
          } else {
            open.add(new Open(there, other));
          }
        }
      }
    }
  }

  private Path path() {
    Deque<VertexId> vertices = new ArrayDeque<>(List.of(to));
    Deque<Arc> arcs = new ArrayDeque<>();
    for (VertexId at = to; !at.equals(from); ) {
      Arc arc = came(at);
      at = arc.here();
      vertices.addFirst(at);
      arcs.addFirst(arc.shown(details.edgeValues()));
    }
    return new Path(List.copyOf(vertices), List.copyOf(arcs), distance(to));
  }

  private Arc came(VertexId at) {
    Arc arc = came.get(at);
    if (arc == null) {
      throw new IllegalStateException("no way to " + at);
    }
    return arc;
  }
}
