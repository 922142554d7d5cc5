package dev.weir.bench.graph;

import java.util.BitSet;

/**
 * A directed graph as plain arrays. Edges may be parallel.
 *
 * @param vertices how many; they are the numbers from 0 on
 * @param from where each edge starts
 * @param to where it ends
 * @param weights from 0 to 1
 */
record EdgeList(int vertices, int[] from, int[] to, double[] weights) {

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

  /** The same edges between as few vertices as have any, numbered anew in the same order. */
  EdgeList withoutLoneVertices() {
    BitSet used = new BitSet(vertices);
    for (int e = 0; e < edges(); e++) {
      used.set(from[e]);
      used.set(to[e]);
    }
    int[] numbers = new int[vertices];
    int next = 0;
    for (int v = used.nextSetBit(0); v >= 0; v = used.nextSetBit(v + 1)) {
      numbers[v] = next++;
    }
    return new EdgeList(next, renamed(from, numbers), renamed(to, numbers), weights);
  }

  private static int[] renamed(int[] ends, int[] numbers) {
    int[] renamed = new int[ends.length];
    for (int e = 0; e < ends.length; e++) {
      renamed[e] = numbers[ends[e]];
    }
    return renamed;
  }
}
