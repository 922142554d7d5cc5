package dev.weir.graph.compact;

import org.jspecify.annotations.Nullable;

/**
 * For each vertex of a shard the vertices at the other ends of its edges: all lists in one array,
 * one after the other. Immutable by convention: the arrays are shared and must not be changed.
 *
 * @param offsets where each vertex's list starts; one more than there are vertices
 * @param targets numbers of vertices, ascending within a list
 * @param weights one for each target; null if edges have none
 */
public record Adjacency(int[] offsets, int[] targets, double @Nullable [] weights) {

  /** How many edges a vertex has. */
  public int degree(int place) {
    return offsets[place + 1] - offsets[place];
  }

  /** Bytes of its arrays. */
  public long bytes() {
    return 4L * offsets.length + 4L * targets.length + (weights == null ? 0 : 8L * weights.length);
  }
}
