package dev.weir.graph.traverse;

import dev.weir.graph.traverse.Cut.Why;
import dev.weir.graph.traverse.Routes.Route;
import dev.weir.store.Document;
import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Neighbours;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was found at a vertex.
 *
 * @param vertex where
 * @param matches whether it may be reached
 * @param document as far as it was wanted
 * @param bundles the edges that may be followed from it
 * @param cuts why some of them are missing; empty = none is
 */
record Seen(
    VertexId vertex,
    boolean matches,
    Optional<Document> document,
    List<Bundle> bundles,
    Set<Why> cuts) {

  /**
   * Edges that lead the same way. Most walks want to know no more of them than where they lead.
   *
   * @param size how many of the neighbours count
   */
  record Bundle(Route route, Neighbours neighbours, int size) {

    /** Where one of them leads. */
    Key other(int at) {
      return neighbours.other(at);
    }

    /** One of them, as met at a vertex. */
    Arc arc(VertexId here, int at) {
      Link link = neighbours.links().get(at);
      boolean forward = route.side() == Side.OUT;
      VertexId other = new VertexId(route.target(), link.other());
      return new Arc(
          route.step().edges(), forward ? here : other, forward ? other : here, forward, link);
    }

    /** The same, with fewer that count. */
    Bundle first(int most) {
      return most >= size ? this : new Bundle(route, neighbours, most);
    }
  }

  /** All edges, one by one. */
  List<Arc> arcs() {
    List<Arc> arcs = new ArrayList<>();
    for (Bundle bundle : bundles) {
      for (int i = 0; i < bundle.size(); i++) {
        arcs.add(bundle.arc(vertex, i));
      }
    }
    return arcs;
  }
}
