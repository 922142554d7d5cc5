package dev.weir.graph;

/**
 * Messages of doubles, combined on their way: a vertex gets one value or none. What is sent in a
 * superstep is there in the next one, and only there. Confined to the thread that computes the
 * shard.
 */
public interface DoubleChannel {

  /** Whether anything was sent to this vertex. */
  boolean has(Vertex vertex);

  /** All that was sent to this vertex, combined; what combines to nothing (0 for a sum) if none. */
  double get(Vertex vertex);

  /**
   * Sends to one vertex.
   *
   * @param number of a vertex, as {@link Vertex#neighbour} gives it
   */
  void send(int number, double value);

  /** Sends the same along every edge of a direction; faster than one by one. */
  void sendAll(Vertex from, Direction direction, double value);

  /** Sends along every edge of a direction the value plus the weight of that edge. */
  void sendAllPlusWeight(Vertex from, Direction direction, double value);
}
