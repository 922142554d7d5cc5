package dev.weir.graph.traverse;

import dev.weir.graph.traverse.Cut.Why;
import dev.weir.graph.traverse.Walker.Wish;
import dev.weir.store.GraphQuery.Wanted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path of the fewest edges, searched from both ends at once: each time the side with fewer
 * vertices goes one hop further, until one meets what the other has reached.
 */
final class PathWalk {
  private final Walker walker;
  private final Hop hop;
  private final Details details;
  private final Half forward;
  private final Half backward;

  /** What was reached from one end, and along which edge first. */
  private static final class Half {
    private final Map<VertexId, Optional<Arc>> reached = new HashMap<>();
    private final List<Step> steps;
    private List<VertexId> frontier;
    private int distance;

    Half(VertexId end, List<Step> steps) {
      this.reached.put(end, Optional.empty());
      this.frontier = List.of(end);
      this.steps = steps;
    }
  }

  /**
   * A search.
   *
   * @param hop may be repeated; its filter is for the vertices between the ends
   */
  PathWalk(Walker walker, VertexId from, VertexId to, Hop hop, Details details) {
    this.walker = walker;
    this.hop = hop;
    this.details = details;
    this.forward = new Half(from, hop.steps());
    this.backward = new Half(to, hop.steps().stream().map(Step::back).toList());
  }

  /**
   * Searches.
   *
   * @param most edges of the path, at least 1
   * @return the path; empty = there is none so short, unless the search was cut
   */
  Traversed<Optional<Path>> search(int most) throws RefusedException {
    VertexId from = forward.frontier.get(0);
    VertexId to = backward.frontier.get(0);
    List<Boolean> exist = walker.exist(List.of(from, to));
    if (!exist.get(0) || !exist.get(1)) {
      return new Traversed.NoVertex<>(exist.get(0) ? to : from);
    }
    VertexId meeting = from.equals(to) ? from : null;
    while (meeting == null
        && forward.distance + backward.distance < most
        && !forward.frontier.isEmpty()
        && !backward.frontier.isEmpty()) {
      int length = forward.distance + backward.distance;
      if (length > 0 && (!walker.timeLeft(length) || !walker.edgesLeft(length))) {
        break;
      }
      boolean ahead = forward.frontier.size() <= backward.frontier.size();
      meeting = ahead ? advance(forward, backward) : advance(backward, forward);
    }
    Optional<Path> path = Optional.ofNullable(meeting).map(this::through);
    return new Traversed.Walked<>(
        path, path.isEmpty() ? walker.cuts().list() : List.of(), walker.effort());
  }

  /** Goes one hop from one side; the vertex where it meets the other, the least if several. */
  private @Nullable VertexId advance(Half half, Half other) throws RefusedException {
    half.distance++;
    Wish wish = new Wish(null, Wanted.NOTHING, List.of(), half.steps, details.edgeValues());
    Map<VertexId, Arc> found = new LinkedHashMap<>();
    for (Seen seen : walker.visit(half.frontier, wish, half.distance - 1)) {
      for (Arc arc : seen.arcs()) {
        if (!half.reached.containsKey(arc.other())) {
          found.putIfAbsent(arc.other(), arc);
        }
      }
    }
    VertexId meeting = null;
    for (VertexId vertex : found.keySet()) {
      boolean meets = other.reached.containsKey(vertex);
      if (meets && (meeting == null || vertex.compareTo(meeting) < 0)) {
        meeting = vertex;
      }
    }
    if (meeting != null) {
      half.reached.put(meeting, Optional.of(arc(found, meeting)));
      return meeting;
    }
    half.frontier = allowed(found, half.distance);
    half.frontier.forEach(vertex -> half.reached.put(vertex, Optional.of(arc(found, vertex))));
    return null;
  }

  private static Arc arc(Map<VertexId, Arc> found, VertexId vertex) {
    Arc arc = found.get(vertex);
    if (arc == null) {
      throw new IllegalStateException("not found: " + vertex);
    }
    return arc;
  }

  /** Those of the vertices found that may be on the path. */
  private List<VertexId> allowed(Map<VertexId, Arc> found, int distance) throws RefusedException {
    List<VertexId> all = new ArrayList<>(found.keySet());
    long room =
        walker.budget().vertices() - forward.reached.size() - (long) backward.reached.size();
    if (all.size() > room) {
      walker.cuts().note(Why.VERTICES, distance);
      all = new ArrayList<>(all.subList(0, (int) Math.max(0, room)));
    }
    if (hop.vertices() == null || all.isEmpty()) {
      return all;
    }
    Wish wish = new Wish(hop.vertices(), Wanted.NOTHING, List.of(), List.of(), false);
    return walker.visit(all, wish, distance).stream()
        .filter(Seen::matches)
        .map(Seen::vertex)
        .toList();
  }

  private Path through(VertexId meeting) {
    Deque<VertexId> vertices = new ArrayDeque<>(List.of(meeting));
    Deque<Arc> arcs = new ArrayDeque<>();
    VertexId at = meeting;
    for (Arc arc = came(forward, at); arc != null; arc = came(forward, at)) {
      at = arc.here();
      arcs.addFirst(arc);
      vertices.addFirst(at);
    }
    at = meeting;
    for (Arc arc = came(backward, at); arc != null; arc = came(backward, at)) {
      at = arc.here();
      arcs.addLast(arc);
      vertices.addLast(at);
    }
    return new Path(List.copyOf(vertices), List.copyOf(arcs), arcs.size());
  }

  private static @Nullable Arc came(Half half, VertexId at) {
    return half.reached.getOrDefault(at, Optional.empty()).orElse(null);
  }
}
