package dev.weir.graph.job;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.EdgeKeys;
import dev.weir.store.ShardMap;
import dev.weir.store.filter.FilterMatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which documents make up the graph of a job.
 *
 * @param vertices collections whose documents are the vertices; their places here tell apart keys
 *     that look alike
 * @param edges whose documents are the edges
 * @param directed whether edges have a direction
 * @param inEdges whether edges are followed against their direction; not asked if undirected
 * @param weight field of the edges that holds their weight; null = they have none
 * @param vertexFilter which documents are vertices; null = all
 * @param edgeFilter which documents are edges; null = all
 * @param sought keys of vertices that the algorithm is told of, as {@link #tagged} makes them
 */
record BuildPlan(
    ShardMap shards,
    List<CollectionDefinition> vertices,
    List<EdgeUse> edges,
    boolean directed,
    boolean inEdges,
    @Nullable String weight,
    @Nullable FilterMatcher vertexFilter,
    @Nullable FilterMatcher edgeFilter,
    List<byte[]> sought) {

  /**
   * An edge type.
   *
   * @param from place of the collection where edges begin among the vertices
   * @param to place of the collection where they end
   * @param reversed whether they lead from their end to their beginning in this graph
   */
  record EdgeUse(
      CollectionDefinition definition, EdgeKeys keys, int from, int to, boolean reversed) {}

  /** A key together with the place of its collection. */
  static byte[] tagged(int collection, byte[] key) {
    byte[] tagged = new byte[key.length + 1];
    tagged[0] = (byte) collection;
    System.arraycopy(key, 0, tagged, 1, key.length);
    return tagged;
  }

  /** The key alone. */
  static byte[] untagged(byte[] tagged) {
    byte[] key = new byte[tagged.length - 1];
    System.arraycopy(tagged, 1, key, 0, key.length);
    return key;
  }

  /** The shard that holds a vertex. */
  int shardOf(byte[] tagged) {
    return shards.shardOf(untagged(tagged));
  }
}
