package dev.weir.query.graphql.fields;

import dev.weir.store.Filter;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a field asks of the edges of a vertex. Vertices of which the same is asked are answered
 * together.
 *
 * @param edge which edges
 * @param side on which side of them the vertex is
 * @param size of the page, from 0
 * @param where which edges, by their properties; null = all
 * @param whereNode which documents at the other end; null = all, even those that do not exist
 * @param order empty = that of the keys
 * @param within how many edges of a vertex are looked at for whereNode and order
 * @param values whether properties are needed
 * @param after where the page begins, of one vertex; null = at the beginning
 */
record LinkWish(
    EdgeModel edge,
    Side side,
    int size,
    @Nullable Filter where,
    @Nullable Filter whereNode,
    List<LinkOrder> order,
    int within,
    boolean values,
    @Nullable After after) {

  LinkWish {
    order = List.copyOf(order);
  }

  /**
   * Where a page begins.
   *
   * @param edge key of the edge before it
   * @param values JSON of what that edge was put in order by; empty in the order of keys
   */
  record After(Key edge, String values) {}

  /** The same, from a place on. */
  LinkWish behind(After place) {
    return new LinkWish(edge, side, size, where, whereNode, order, within, values, place);
  }

  /** Whether documents at the other end are needed to know which edges make the page. */
  boolean needsNodes() {
    return whereNode != null || order.stream().anyMatch(LinkOrder::ofNode);
  }

  /** Most edges that are read of a vertex. */
  int limit() {
    return needsNodes() || !order.isEmpty() ? within : Math.max(1, size);
  }
}
