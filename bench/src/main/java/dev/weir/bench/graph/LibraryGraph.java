package dev.weir.bench.graph;

import java.util.AbstractList;
import java.util.List;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.alg.scoring.PageRank;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.alg.util.Triple;
import org.jgrapht.opt.graph.sparse.SparseIntDirectedWeightedGraph;
import org.jgrapht.traverse.BreadthFirstIterator;

/** The same algorithms by JGraphT, on the most compact graph that it has. */
final class LibraryGraph {

  private final Graph<Integer, Integer> graph;

  LibraryGraph(EdgeList edges) {
    List<Triple<Integer, Integer, Double>> triples =
        new AbstractList<>() {
          @Override
          public Triple<Integer, Integer, Double> get(int e) {
            return Triple.of(edges.from()[e], edges.to()[e], edges.weights()[e]);
          }

          @Override
          public int size() {
            return edges.edges();
          }
        };
    graph = new SparseIntDirectedWeightedGraph(edges.vertices(), triples);
  }

  double pageRank(double damping, int iterations) {
    return new PageRank<>(graph, damping, iterations, Double.MIN_VALUE).getVertexScore(0);
  }

  int components() {
    return new ConnectivityInspector<>(graph).connectedSets().size();
  }

  int reached(int source) {
    int reached = 0;
    BreadthFirstIterator<Integer, Integer> vertices = new BreadthFirstIterator<>(graph, source);
    while (vertices.hasNext()) {
      vertices.next();
      reached++;
    }
    return reached;
  }

  double shortestPath(int source, int target) {
    return new DijkstraShortestPath<>(graph).getPaths(source).getWeight(target);
  }
}
