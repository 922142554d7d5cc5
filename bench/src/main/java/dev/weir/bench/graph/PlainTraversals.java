package dev.weir.bench.graph;

import java.util.Arrays;

/**
 * What traversals should answer, on arrays in memory: along outgoing edges. Confined to one thread.
 */
final class PlainTraversals {
  private final int[] starts;
  private final int[] ends;
  private final int[] distances;
  private final int[] queue;

  PlainTraversals(EdgeList graph) {
    starts = new int[graph.vertices() + 1];
    ends = new int[graph.edges()];
    distances = new int[graph.vertices()];
    queue = new int[graph.vertices()];
    Arrays.fill(distances, -1);
    for (int vertex : graph.from()) {
      starts[vertex + 1]++;
    }
    for (int vertex = 0; vertex < graph.vertices(); vertex++) {
      starts[vertex + 1] += starts[vertex];
    }
    int[] next = starts.clone();
    for (int e = 0; e < graph.edges(); e++) {
      ends[next[graph.from()[e]]++] = graph.to()[e];
    }
  }

  /** How many others are within some hops of each source. */
  long[] within(int hops, int[] sources) {
    return Arrays.stream(sources).mapToLong(source -> search(source, hops, -1).reached()).toArray();
  }

  /** Hops of a shortest path from each source to the target beside it; -1 = there is none. */
  long[] paths(int mostHops, int[] sources, int[] targets) {
    long[] hops = new long[sources.length];
    for (int i = 0; i < hops.length; i++) {
      hops[i] = search(sources[i], mostHops, targets[i]).distance();
    }
    return hops;
  }

  private record Found(int reached, int distance) {}

  private Found search(int source, int hops, int target) {
    int filled = 1;
    queue[0] = source;
    distances[source] = 0;
    for (int next = 0; next < filled && distances[queue[next]] < hops; next++) {
      int vertex = queue[next];
      for (int at = starts[vertex]; at < starts[vertex + 1]; at++) {
        if (distances[ends[at]] < 0) {
          distances[ends[at]] = distances[vertex] + 1;
          queue[filled++] = ends[at];
        }
      }
    }
    Found found = new Found(filled - 1, target < 0 ? -1 : distances[target]);
    for (int i = 0; i < filled; i++) {
      distances[queue[i]] = -1;
    }
    return found;
  }
}
