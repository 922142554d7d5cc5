package dev.weir.graph.traverse;

import dev.weir.store.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One hop of a walk.
 *
 * @param steps the edges it may follow; at least one
 * @param vertices which vertices it may reach: others are as if they were not there; null = all,
 *     even those that do not exist
 */
public record Hop(List<Step> steps, @Nullable Filter vertices) {
  public Hop {
    steps = List.copyOf(steps);
  }
}
