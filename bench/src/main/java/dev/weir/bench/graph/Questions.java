package dev.weir.bench.graph;

import java.util.SplittableRandom;

/**
 * Where traversals begin and end, the same for all who are measured: any vertices, also such as
 * have no edges. Arrays belong to the record.
 *
 * @param targets as many as sources
 */
record Questions(int[] sources, int[] targets) {

  static Questions of(EdgeList graph, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Questions(
        random.ints(count, 0, graph.vertices()).toArray(),
        random.ints(count, 0, graph.vertices()).toArray());
  }
}
