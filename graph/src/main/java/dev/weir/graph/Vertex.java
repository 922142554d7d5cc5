package dev.weir.graph;

/**
 * The vertex that is being computed. One object stands for one vertex after the other: do not keep
 * it beyond the call that gave it. Confined to the thread that calls the program.
 */
public interface Vertex {

  /** What the user calls it. */
  long id();

  /**
   * Its number in this run, 0 to vertices - 1, the same at every shard; what {@link #neighbour}
   * answers and channels are addressed with. The order of numbers is not that of ids.
   */
  int number();

  /** How many edges it has; parallel edges and self-loops count as often as they occur. */
  int degree(Direction direction);

  /**
   * The vertex at the other end of an edge, by number. Edges of one direction are ordered by it.
   *
   * @param edge 0 to {@code degree(direction) - 1}
   */
  int neighbour(Direction direction, int edge);

  /** The weight of an edge; 1 in a graph without weights. */
  double weight(Direction direction, int edge);

  /** Sleeps from the next superstep on until a message arrives. */
  void halt();
}
