package dev.weir.bench.graph;

import java.util.SplittableRandom;

/**
 * Random graphs with few vertices of many edges and many of few (D. Chakrabarti et al., "R-MAT: A
 * Recursive Model for Graph Mining", SDM 2004). Edges may be parallel.
 */
final class Rmat {

  /**
   * Which quarter of the matrix an edge falls into.
   *
   * @param rightTop the end of its share; each begins where the one before ends
   */
  private record Shares(double leftTop, double rightTop, double leftBottom) {}

  private static final Shares GRAPH500 = new Shares(0.57, 0.76, 0.95);

  /** Less uneven, so that as many vertices have edges as in the network that it stands for. */
  private static final Shares SOCIAL = new Shares(0.52, 0.73, 0.94);

  private Rmat() {}

  /** A graph of 2^scale vertices with the shares of Graph500. */
  static EdgeList generate(int scale, int edges, long seed) {
    return generate(GRAPH500, scale, edges, seed);
  }

  /** Of the size of the network of trust soc-Epinions1: about 77,000 vertices, 509,000 edges. */
  static EdgeList socialNetwork(long seed) {
    return generate(SOCIAL, 17, 509_000, seed).withoutLoneVertices();
  }

  private static EdgeList generate(Shares shares, int scale, int edges, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] from = new int[edges];
    int[] to = new int[edges];
    double[] weights = new double[edges];
    for (int e = 0; e < edges; e++) {
      for (int bit = 0; bit < scale; bit++) {
        double where = random.nextDouble();
        boolean right =
            where >= shares.leftTop && (where < shares.rightTop || where >= shares.leftBottom);
        boolean bottom = where >= shares.rightTop;
        from[e] = (from[e] << 1) | (bottom ? 1 : 0);
        to[e] = (to[e] << 1) | (right ? 1 : 0);
      }
      weights[e] = random.nextDouble();
    }
    return new EdgeList(1 << scale, from, to, weights);
  }
}
