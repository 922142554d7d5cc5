package dev.weir.graph.traverse;

import dev.weir.graph.Direction;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.GraphQuery.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** Which edges lead away from the vertices of one collection, and to which. */
final class Routes {
  private Routes() {}

  /**
   * A way along edges.
   *
   * @param step that it belongs to
   * @param side of the edges on which the vertices are
   * @param target id of the collection at the other side
   */
  record Route(Step step, Side side, int target) {}

  /** The ways of some steps, in their order; empty = none leads away from there. */
  static List<Route> of(List<Step> steps, int collection, Catalogue catalogue) {
    List<Route> routes = new ArrayList<>();
    for (Step step : steps) {
      Edge edge = edge(step.edges(), catalogue);
      int from = id(edge.from(), catalogue);
      int to = id(edge.to(), catalogue);
      if (step.direction() != Direction.IN && from == collection) {
        routes.add(new Route(step, Side.OUT, to));
      }
      if (step.direction() != Direction.OUT && to == collection) {
        routes.add(new Route(step, Side.IN, from));
      }
    }
    return routes;
  }

  private static Edge edge(int edges, Catalogue catalogue) {
    Edge edge = catalogue.collection(edges).map(CollectionDefinition::edge).orElse(null);
    if (edge == null) {
      throw new NoSuchElementException("no edge type has the id " + edges);
    }
    return edge;
  }

  private static int id(String collection, Catalogue catalogue) {
    return catalogue.collection(collection).map(CollectionDefinition::id).orElse(-1);
  }
}
