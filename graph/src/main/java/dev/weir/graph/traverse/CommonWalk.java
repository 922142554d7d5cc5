package dev.weir.graph.traverse;

import dev.weir.graph.traverse.Cut.Why;
import dev.weir.graph.traverse.Neighbourhood.Reached;
import dev.weir.graph.traverse.Walker.Wish;
import dev.weir.store.GraphQuery.Wanted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The vertices that are neighbours of each of several. */
final class CommonWalk {
  private final Walker walker;
  private final Details details;

  CommonWalk(Walker walker, Details details) {
    this.walker = walker;
    this.details = details;
  }

  /** Those at the other end of one of the hop's edges from every one of {@code vertices}. */
  Traversed<List<Reached>> of(List<VertexId> vertices, Hop hop) throws RefusedException {
    Wish edges = new Wish(null, Wanted.EXISTENCE, List.of(), hop.steps(), false);
    Set<VertexId> common = null;
    for (Seen seen : walker.visit(vertices, edges, 0)) {
      if (seen.document().isEmpty()) {
        return new Traversed.NoVertex<>(seen.vertex());
      }
      Set<VertexId> others = new HashSet<>();
      seen.arcs().forEach(arc -> others.add(arc.other()));
      if (common == null) {
        common = others;
      } else {
        common.retainAll(others);
      }
    }
    List<VertexId> found = new ArrayList<>(new TreeSet<>(common == null ? Set.of() : common));
    return new Traversed.Walked<>(described(found, hop), walker.cuts().list(), walker.effort());
  }

  private List<Reached> described(List<VertexId> found, Hop hop) throws RefusedException {
    long most = walker.budget().vertices();
    List<VertexId> kept = found;
    if (hop.vertices() == null && found.size() > most) {
      walker.cuts().note(Why.VERTICES, 1);
      kept = found.subList(0, (int) most);
    }
    Wish wish = new Wish(hop.vertices(), details.documents(), details.fields(), List.of(), false);
    if (kept.isEmpty() || wish.isNothing()) {
      return kept.stream().map(vertex -> new Reached(vertex, 1, Optional.empty())).toList();
    }
    List<Reached> described = new ArrayList<>();
    for (Seen seen : walker.visit(kept, wish, 1)) {
      if (seen.matches() && described.size() >= most) {
        walker.cuts().note(Why.VERTICES, 1);
        break;
      }
      if (seen.matches()) {
        described.add(new Reached(seen.vertex(), 1, seen.document()));
      }
    }
    return described;
  }
}
