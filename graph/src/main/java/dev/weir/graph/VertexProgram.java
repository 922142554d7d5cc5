package dev.weir.graph;

import java.util.List;

/**
 * What every vertex does in every superstep; one object for each shard of a run. State of vertices
 * lives in columns of the {@link Setup} and nowhere else, so that a run can be carried on
 * elsewhere. Called by one thread at a time, never by a stream thread; it must not block.
 */
public interface VertexProgram {

  /**
   * Computes one vertex: all of them in superstep 0, later those that are awake or got a message.
   *
   * @param superstep from 0
   */
  void compute(Vertex vertex, int superstep);

  /**
   * Whether the run is over; asked once after each superstep, when its aggregates are known. It is
   * over anyway when every vertex sleeps and no message is on its way. Must answer alike at every
   * shard, also at one without vertices, so it may look at nothing but the superstep, the graph's
   * facts, arguments, aggregates, and what it remembers of these.
   *
   * @param superstep the one that was completed
   */
  default boolean isDone(int superstep) {
    return false;
  }

  /**
   * What somebody who reads the results should know, once the run is over; alike at every shard.
   */
  default List<String> warnings() {
    return List.of();
  }

  /** The column that holds each vertex's result when the run is over. */
  Column result();
}
