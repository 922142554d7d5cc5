package dev.weir.query.graphql;

import dev.weir.store.Filter;
import dev.weir.store.GraphQuery.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a field asks of the vertices that can be reached from one. Vertices of which the same is
 * asked are answered together.
 *
 * @param start collection of the vertices
 * @param steps which edges may be followed
 * @param hops how many of them one after the other, at least 1
 * @param within how many edges are looked at for each start
 * @param only the collection whose vertices are answered; null = any
 * @param first most vertices in the answer
 */
record ReachWish(
    CollectionModel start,
    List<Step> steps,
    int hops,
    int within,
    @Nullable CollectionModel only,
    int first) {

  ReachWish {
    steps = List.copyOf(steps);
  }

  /** Edges that may be followed, seen from a vertex on one side of them. */
  record Step(EdgeModel edge, Side side, @Nullable Filter where) {}
}
