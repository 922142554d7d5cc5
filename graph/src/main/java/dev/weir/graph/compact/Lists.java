package dev.weir.graph.compact;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Adjacency of a whole graph while it is built: counting sorts, no comparisons. */
final class Lists {

  private final int[] offsets;
  private final int[] targets;
  private final double @Nullable [] weights;

  private Lists(int[] offsets, int entries, boolean weighted) {
    this.offsets = offsets;
    this.targets = new int[entries];
    this.weights = weighted ? new double[entries] : null;
  }

  /**
   * Edges by one of their ends; within a list in the order in which they came.
   *
   * @param by the end that owns the list
   * @param symmetric whether the other end has each edge in its list too; a self-loop is there once
   */
  static Lists of(int vertices, EdgeArrays edges, int[] by, int[] other, boolean symmetric) {
    int count = edges.size();
    int[] offsets = new int[vertices + 1];
    for (int e = 0; e < count; e++) {
      offsets[by[e] + 1]++;
      if (symmetric && by[e] != other[e]) {
        offsets[other[e] + 1]++;
      }
    }
    double[] weights = edges.weights();
    Lists lists = new Lists(offsets, sums(offsets), weights != null);
    int[] next = Arrays.copyOf(offsets, vertices);
    for (int e = 0; e < count; e++) {
      double weight = weights == null ? 1 : weights[e];
      lists.put(next[by[e]]++, other[e], weight);
      if (symmetric && by[e] != other[e]) {
        lists.put(next[other[e]]++, by[e], weight);
      }
    }
    return lists;
  }

  /** Makes starts of counts, and answers their sum. */
  private static int sums(int[] offsets) {
    long sum = 0;
    for (int i = 0; i < offsets.length; i++) {
      sum += offsets[i];
      offsets[i] = (int) sum;
    }
    if (sum > EdgeArrays.MOST) {
      throw new IllegalStateException(
          "a graph in memory has at most " + EdgeArrays.MOST + " edges");
    }
    return (int) sum;
  }

  private void put(int at, int target, double weight) {
    targets[at] = target;
    if (weights != null) {
      weights[at] = weight;
    }
  }

  /** The same edges by their other end; lists come out in ascending order. */
  Lists transposed() {
    int vertices = offsets.length - 1;
    int[] starts = new int[vertices + 1];
    for (int target : targets) {
      starts[target + 1]++;
    }
    Lists lists = new Lists(starts, sums(starts), weights != null);
    int[] next = Arrays.copyOf(starts, vertices);
    for (int vertex = 0; vertex < vertices; vertex++) {
      for (int i = offsets[vertex]; i < offsets[vertex + 1]; i++) {
        lists.put(next[targets[i]]++, vertex, weights == null ? 1 : weights[i]);
      }
    }
    return lists;
  }

  /** The lists of consecutive vertices. */
  Adjacency slice(int first, int end) {
    int start = offsets[first];
    int stop = offsets[end];
    int[] own = Arrays.copyOfRange(offsets, first, end + 1);
    for (int i = 0; i < own.length; i++) {
      own[i] -= start;
    }
    return new Adjacency(
        own,
        Arrays.copyOfRange(targets, start, stop),
        weights == null ? null : Arrays.copyOfRange(weights, start, stop));
  }
}
