package dev.weir.graph.engine;

import dev.weir.graph.compact.Adjacency;
import dev.weir.graph.compact.AdjacencyReader;
import dev.weir.graph.compact.ShardGraph;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** For each vertex of a shard, which shards hold a neighbour of it. Immutable. */
final class Reach {

  private final long @Nullable [] shards;

  private Reach(long @Nullable [] shards) {
    this.shards = shards;
  }

  /**
   * Works it out; every shard, where that is not worth it or edges in one direction are missing.
   */
  static Reach of(ShardGraph graph, ShardPlace place) {
    Adjacency in = graph.in();
    if (place.shards() > Long.SIZE || in == null) {
      return new Reach(null);
    }
    long[] shards = new long[graph.size()];
    add(shards, graph.out(), place);
    if (!graph.isUndirected()) {
      add(shards, in, place);
    }
    return new Reach(shards);
  }

  static long bytes(int size) {
    return 8L * size;
  }

  private static void add(long[] shards, Adjacency edges, ShardPlace place) {
    AdjacencyReader reader = new AdjacencyReader(edges);
    int[] targets = reader.targets();
    for (int at = 0; at < shards.length; at++) {
      int shard = 0;
      int first = reader.load(at);
      for (int i = first; i < first + reader.degree(at); i++) {
        while (targets[i] >= place.firsts()[shard + 1]) {
          shard++;
        }
        shards[at] |= 1L << shard;
      }
    }
  }

  boolean has(int at, int shard) {
    return shards == null || (shards[at] & (1L << shard)) != 0;
  }

  @Override
  public String toString() {
    return shards == null ? "everywhere" : Arrays.toString(shards);
  }
}
