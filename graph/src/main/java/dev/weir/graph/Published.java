package dev.weir.graph;

/**
 * A long that a vertex shows to its neighbours. Unlike a message it stays until the vertex shows
 * another one, wakes nobody, and is not combined: for programs that need to see every neighbour's
 * value. What is shown in a superstep is seen from the next one on. It travels once to each shard
 * that has a neighbour. Confined to the thread that computes the shard.
 */
public interface Published {

  /** Shows a value to all neighbours, in both directions. */
  void publish(Vertex vertex, long value);

  /** What a neighbour shows; 0 if it never did. */
  long of(int neighbour);

  /**
   * What all neighbours show, one value for each edge, in the order of edges.
   *
   * @param into at least as long as the vertex's degree
   * @return how many
   */
  int gather(Vertex vertex, Direction direction, long[] into);
}
