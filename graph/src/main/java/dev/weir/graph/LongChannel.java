package dev.weir.graph;

/**
 * Messages of longs, combined on their way: a vertex gets one value or none. What is sent in a
 * superstep is there in the next one, and only there. Confined to the thread that computes the
 * shard.
 */
public interface LongChannel {

  /** Whether anything was sent to this vertex. */
  boolean has(Vertex vertex);

  /** All that was sent to this vertex, combined; what combines to nothing (0 for a sum) if none. */
  long get(Vertex vertex);

  /**
   * Sends to one vertex.
   *
   * @param number of a vertex, as {@link Vertex#neighbour} gives it
   */
  void send(int number, long value);

  /** Sends the same along every edge of a direction; faster than one by one. */
  void sendAll(Vertex from, Direction direction, long value);
}
