package dev.weir.graph.job;

import dev.weir.graph.GraphFacts;
import dev.weir.graph.compact.BytesIndex;
import dev.weir.graph.compact.ShardGraph;

/**
 * One shard of a job's graph, in memory.
 *
 * @param graph what is computed on
 * @param keys of its vertices, by their place
 * @param layout what is known of the other shards
 * @param facts of the whole graph
 * @param dangling edges that were left out, at all shards
 */
record ShardPiece(
    ShardGraph graph, BytesIndex keys, Layout layout, GraphFacts facts, long dangling) {

  /**
   * What all shards know of each other.
   *
   * @param firsts number of each shard's first vertex, and behind them how many vertices there are
   * @param cut offset of the log that each shard's documents stood at
   * @param sought number of each vertex that is sought; -1 = there is none
   */
  record Layout(int[] firsts, long[] cut, int[] sought) {
    static final Layout NONE = new Layout(new int[1], new long[0], new int[0]);
  }

  long bytes() {
    return graph.bytes() + keys.bytes();
  }
}
