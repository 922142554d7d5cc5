package dev.weir.graph.engine;

/**
 * Where a shard stands among the others.
 *
 * @param shard its number, from 0
 * @param firsts number of each shard's first vertex, and after them the number of vertices
 */
record ShardPlace(int shard, int[] firsts) {

  int shards() {
    return firsts.length - 1;
  }

  /** Vertices of the whole graph. */
  int vertices() {
    return firsts[firsts.length - 1];
  }

  int first() {
    return firsts[shard];
  }

  int size() {
    return firsts[shard + 1] - firsts[shard];
  }
}
