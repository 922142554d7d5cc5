package dev.weir.graph.traverse;

import dev.weir.graph.Direction;
import dev.weir.store.Filter;
import org.jspecify.annotations.Nullable;

/**
 * Edges that a walk may follow. From a vertex of a collection at which they neither begin nor end,
 * none are followed.
 *
 * @param edges id of the edge type
 * @param direction which of a vertex's edges
 * @param filter which of them, by their values; null = all
 */
public record Step(int edges, Direction direction, @Nullable Filter filter) {

  /** The same edges, walked the other way. */
  Step back() {
    Direction other =
        switch (direction) {
          case OUT -> Direction.IN;
          case IN -> Direction.OUT;
          case BOTH -> Direction.BOTH;
        };
    return new Step(edges, other, filter);
  }
}
