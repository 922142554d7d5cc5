package dev.weir.graph.compact;

import dev.weir.graph.GraphFacts;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The shards of a graph that are computed in this process. Immutable.
 *
 * @param facts of the whole graph
 * @param firsts number of each shard's first vertex, also of shards that are elsewhere, and after
 *     them the number of vertices
 * @param shards those that are here, by number; at least one
 * @param bytes that the part takes
 */
public record GraphPart(
    GraphFacts facts, int[] firsts, SortedMap<Integer, ShardGraph> shards, long bytes) {

  public GraphPart {
    shards = Collections.unmodifiableSortedMap(new TreeMap<>(shards));
    if (shards.isEmpty() || shards.lastKey() >= firsts.length - 1) {
      throw new IllegalArgumentException(
          "a part holds some of " + (firsts.length - 1) + " shards, not " + shards.keySet());
    }
  }

  /** How many shards the whole graph has. */
  public int shardCount() {
    return firsts.length - 1;
  }
}
