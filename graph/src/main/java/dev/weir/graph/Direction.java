package dev.weir.graph;

/** Which of a vertex's edges are meant. In an undirected graph all three mean the same. */
public enum Direction {
  /** Edges that start at the vertex. */
  OUT,

  /** Edges that end at the vertex; only where the algorithm has asked for {@link Need#IN_EDGES}. */
  IN,

  /** First those that start, then those that end at the vertex; needs what {@link #IN} needs. */
  BOTH
}
