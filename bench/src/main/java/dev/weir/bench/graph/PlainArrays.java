package dev.weir.bench.graph;

import java.util.Arrays;

/**
 * The same algorithms by one thread on arrays, as somebody would write them who needs nothing else:
 * the cost that a system has to beat (F. McSherry et al., "Scalability! But at what COST?", HotOS
 * 2015).
 */
final class PlainArrays {

  private final int vertices;
  private final int[] outStarts;
  private final int[] outs;
  private final double[] weights;
  private final int[] inStarts;
  private final int[] ins;

  PlainArrays(EdgeList graph) {
    vertices = graph.vertices();
    outStarts = starts(graph.from());
    inStarts = starts(graph.to());
    outs = new int[graph.edges()];
    ins = new int[graph.edges()];
    weights = new double[graph.edges()];
    int[] nextOut = outStarts.clone();
    int[] nextIn = inStarts.clone();
    for (int e = 0; e < graph.edges(); e++) {
      int at = nextOut[graph.from()[e]]++;
      outs[at] = graph.to()[e];
      weights[at] = graph.weights()[e];
      ins[nextIn[graph.to()[e]]++] = graph.from()[e];
    }
  }

  private int[] starts(int[] ends) {
    int[] starts = new int[vertices + 1];
    for (int end : ends) {
      starts[end + 1]++;
    }
    for (int vertex = 0; vertex < vertices; vertex++) {
      starts[vertex + 1] += starts[vertex];
    }
    return starts;
  }

  double[] pageRank(double damping, int iterations) {
    double[] ranks = new double[vertices];
    double[] flows = new double[vertices];
    Arrays.fill(ranks, 1.0 / vertices);
    for (int i = 0; i < iterations; i++) {
      double sinks = 0;
      for (int v = 0; v < vertices; v++) {
        int degree = outStarts[v + 1] - outStarts[v];
        flows[v] = degree == 0 ? 0 : ranks[v] / degree;
        sinks += degree == 0 ? ranks[v] : 0;
      }
      double base = (1 - damping + damping * sinks) / vertices;
      for (int v = 0; v < vertices; v++) {
        double sum = 0;
        for (int at = inStarts[v]; at < inStarts[v + 1]; at++) {
          sum += flows[ins[at]];
        }
        ranks[v] = base + damping * sum;
      }
    }
    return ranks;
  }

  /** As GraphX has it: vertices without edges pass nothing on; in the end all are scaled up. */
  double[] unsharedPageRank(double damping, int iterations) {
    double[] ranks = new double[vertices];
    Arrays.fill(ranks, 1);
    for (int i = 0; i < iterations; i++) {
      double[] next = new double[vertices];
      for (int v = 0; v < vertices; v++) {
        double sum = 0;
        for (int at = inStarts[v]; at < inStarts[v + 1]; at++) {
          sum += ranks[ins[at]] / (outStarts[ins[at] + 1] - outStarts[ins[at]]);
        }
        next[v] = 1 - damping + damping * sum;
      }
      ranks = next;
    }
    double scale = vertices / Arrays.stream(ranks).sum();
    return Arrays.stream(ranks).map(rank -> rank * scale).toArray();
  }

  int[] components() {
    int[] parents = new int[vertices];
    Arrays.setAll(parents, v -> v);
    for (int v = 0; v < vertices; v++) {
      for (int at = outStarts[v]; at < outStarts[v + 1]; at++) {
        int one = root(parents, v);
        int other = root(parents, outs[at]);
        parents[Math.max(one, other)] = Math.min(one, other);
      }
    }
    for (int v = 0; v < vertices; v++) {
      parents[v] = root(parents, v);
    }
    return parents;
  }

  private static int root(int[] parents, int vertex) {
    int at = vertex;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  int[] distances(int source) {
    int[] distances = new int[vertices];
    Arrays.fill(distances, -1);
    int[] queue = new int[vertices];
    int filled = 1;
    queue[0] = source;
    distances[source] = 0;
    for (int next = 0; next < filled; next++) {
      int v = queue[next];
      for (int at = outStarts[v]; at < outStarts[v + 1]; at++) {
        if (distances[outs[at]] < 0) {
          distances[outs[at]] = distances[v] + 1;
          queue[filled++] = outs[at];
        }
      }
    }
    return distances;
  }

  /** Along a frontier; on such graphs quicker than with a heap. */
  double[] shortestPaths(int source) {
    double[] paths = new double[vertices];
    Arrays.fill(paths, Double.POSITIVE_INFINITY);
    paths[source] = 0;
    int[] frontier = new int[vertices];
    int[] next = new int[vertices];
    boolean[] waiting = new boolean[vertices];
    int size = 1;
    frontier[0] = source;
    while (size > 0) {
      int found = 0;
      for (int i = 0; i < size; i++) {
        int v = frontier[i];
        waiting[v] = false;
        for (int at = outStarts[v]; at < outStarts[v + 1]; at++) {
          double offer = paths[v] + weights[at];
          int other = outs[at];
          if (offer < paths[other]) {
            paths[other] = offer;
            if (!waiting[other]) {
              waiting[other] = true;
              next[found++] = other;
            }
          }
        }
      }
      int[] done = frontier;
      frontier = next;
      next = done;
      size = found;
    }
    return paths;
  }

  int[] communities(int iterations) {
    int[] labels = new int[vertices];
    int[] chosen = new int[vertices];
    int[] votes = new int[vertices];
    Arrays.setAll(labels, v -> v);
    for (int i = 0; i < iterations; i++) {
      for (int v = 0; v < vertices; v++) {
        int best = vote(labels, votes, outs, outStarts[v], outStarts[v + 1], labels[v]);
        best = vote(labels, votes, ins, inStarts[v], inStarts[v + 1], best);
        chosen[v] = best;
        forget(labels, votes, outs, outStarts[v], outStarts[v + 1]);
        forget(labels, votes, ins, inStarts[v], inStarts[v + 1]);
      }
      int[] done = labels;
      labels = chosen;
      chosen = done;
    }
    return labels;
  }

  private static int vote(int[] labels, int[] votes, int[] others, int from, int to, int before) {
    int best = before;
    for (int at = from; at < to; at++) {
      int label = labels[others[at]];
      int count = ++votes[label];
      if (count > votes[best] || (count == votes[best] && label < best)) {
        best = label;
      }
    }
    return best;
  }

  private static void forget(int[] labels, int[] votes, int[] others, int from, int to) {
    for (int at = from; at < to; at++) {
      votes[labels[others[at]]] = 0;
    }
  }
}
