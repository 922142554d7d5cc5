package dev.weir.graph.compact;

import org.jspecify.annotations.Nullable;

/**
 * One shard of a graph. Its vertices have consecutive numbers, by ascending id.
 *
 * @param first number of its first vertex
 * @param ids what the user calls its vertices, ascending
 * @param out edges that start here; of an undirected graph all edges
 * @param in edges that end here; null if they were not asked for
 */
public record ShardGraph(int first, long[] ids, Adjacency out, @Nullable Adjacency in) {

  /** How many vertices it holds. */
  public int size() {
    return ids.length;
  }

  /** Whether both directions are the same edges, held once. */
  public boolean isUndirected() {
    return in == out;
  }

  /** Bytes of its arrays; what both directions share counts once. */
  public long bytes() {
    return 8L * ids.length + out.bytes() + (in == null || isUndirected() ? 0 : in.bytes());
  }
}
