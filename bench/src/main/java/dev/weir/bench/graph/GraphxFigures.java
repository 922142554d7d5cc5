package dev.weir.bench.graph;

import dev.weir.bench.Figures;
import java.io.IOException;

/** What GraphX takes for the algorithms of the engine; its results are compared too. */
final class GraphxFigures {
  private static final double DAMPING = 0.85;

  private final Figures figures;
  private final String graph;
  private final GraphxPeer peer;
  private final PlainArrays plain;
  private final int source;

  GraphxFigures(Figures figures, String graph, GraphxPeer peer, PlainArrays plain, int source) {
    this.figures = figures;
    this.graph = graph;
    this.peer = peer;
    this.plain = plain;
    this.source = source;
    figures.add(graph + ": load, GraphX", "s", peer.loadSeconds());
  }

  /** The name of the figure of an algorithm. */
  static String name(String graph, String algorithm) {
    return graph + ": " + algorithm + ", GraphX";
  }

  /** Once everything, compared, not measured. */
  void warmUp(int iterations) throws IOException {
    same("pr", peer.pageRank(iterations), plain.unsharedPageRank(DAMPING, iterations));
    double[] weighted = plain.shortestPaths(source);
    same("sssp", peer.shortestPaths(source), weighted);
    same("wcc", peer.components(), numbers(plain.components()));
    same("bfs", peer.distances(source), numbers(plain.distances(source)));
  }

  /** Once everything. */
  void round(int iterations) throws IOException {
    add("pr", peer.pageRank(iterations));
    add("sssp", peer.shortestPaths(source));
    add("wcc", peer.components());
    add("bfs", peer.distances(source));
  }

  private void add(String algorithm, GraphxPeer.Result result) {
    figures.add(name(graph, algorithm), "s", result.seconds());
  }

  private static double[] numbers(int[] values) {
    double[] numbers = new double[values.length];
    for (int v = 0; v < numbers.length; v++) {
      numbers[v] = values[v] < 0 ? Double.POSITIVE_INFINITY : values[v];
    }
    return numbers;
  }

  private static void same(String algorithm, GraphxPeer.Result result, double[] wanted) {
    for (int v = 0; v < wanted.length; v++) {
      double value = result.values()[v];
      if (value != wanted[v] && !(Math.abs(value - wanted[v]) <= 1e-9 * wanted[v])) {
        throw new IllegalStateException(
            "GraphX's " + algorithm + " of " + v + " is " + value + ", not " + wanted[v]);
      }
    }
  }
}
