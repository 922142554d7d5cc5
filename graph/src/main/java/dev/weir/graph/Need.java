package dev.weir.graph;

/** What an algorithm asks of a graph; a graph without it is refused before anything runs. */
public enum Need {
  /** Edges can be followed against their direction too, at the price of a second adjacency. */
  IN_EDGES,

  /** Edges have weights. */
  WEIGHTS,

  /** Edges have weights, and none of them is below 0. */
  NON_NEGATIVE_WEIGHTS
}
