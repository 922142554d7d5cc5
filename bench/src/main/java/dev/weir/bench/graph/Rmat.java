package dev.weir.bench.graph;

import java.util.SplittableRandom;

/**
 * A random graph with few vertices of many edges and many of few (D. Chakrabarti et al., "R-MAT: A
 * Recursive Model for Graph Mining", SDM 2004), with the shares of Graph500. Edges may be parallel.
 *
 * @param vertices a power of two
 * @param from where each edge starts
 * @param to where it ends
 * @param weights from 0 to 1
 */
record Rmat(int vertices, int[] from, int[] to, double[] weights) {

  private static final double LEFT_TOP = 0.57;
  private static final double RIGHT_TOP = 0.76;
  private static final double LEFT_BOTTOM = 0.95;

  static Rmat generate(int scale, int edges, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] from = new int[edges];
    int[] to = new int[edges];
    double[] weights = new double[edges];
    for (int e = 0; e < edges; e++) {
      for (int bit = 0; bit < scale; bit++) {
        double where = random.nextDouble();
        boolean right = where >= LEFT_TOP && (where < RIGHT_TOP || where >= LEFT_BOTTOM);
        boolean bottom = where >= RIGHT_TOP;
        from[e] = (from[e] << 1) | (bottom ? 1 : 0);
        to[e] = (to[e] << 1) | (right ? 1 : 0);
      }
      weights[e] = random.nextDouble();
    }
    return new Rmat(1 << scale, from, to, weights);
  }

  int edges() {
    return from.length;
  }

  /** A vertex with many outgoing edges, from which much can be reached. */
  int source() {
    int[] degrees = new int[vertices];
    for (int vertex : from) {
      degrees[vertex]++;
    }
    int best = 0;
    for (int vertex = 0; vertex < vertices; vertex++) {
      best = degrees[vertex] > degrees[best] ? vertex : best;
    }
    return best;
  }
}
