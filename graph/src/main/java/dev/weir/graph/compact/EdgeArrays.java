package dev.weir.graph.compact;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Edges in the order in which they came, by numbers of vertices. Not thread-safe. */
final class EdgeArrays {

  /** The most entries of adjacency: they are numbered with ints. */
  static final int MOST = 1 << 30;

  private static final int FIRST = 1024;

  private int[] from = new int[FIRST];
  private int[] to = new int[FIRST];
  private double @Nullable [] weights;
  private int size;
  private double lowestWeight = Double.POSITIVE_INFINITY;

  EdgeArrays(boolean weighted) {
    weights = weighted ? new double[FIRST] : null;
  }

  void add(int source, int target, double weight) {
    if (size == from.length) {
      grow();
    }
    from[size] = source;
    to[size] = target;
    if (weights != null) {
      weights[size] = weight;
    }
    lowestWeight = Math.min(lowestWeight, weights == null ? 1 : weight);
    size++;
  }

  private void grow() {
    if (size == MOST) {
      throw new IllegalStateException("a graph in memory has at most " + MOST + " edges");
    }
    int length = Math.min(MOST, size * 2);
    from = Arrays.copyOf(from, length);
    to = Arrays.copyOf(to, length);
    weights = weights == null ? null : Arrays.copyOf(weights, length);
  }

  int size() {
    return size;
  }

  int[] from() {
    return from;
  }

  int[] to() {
    return to;
  }

  double @Nullable [] weights() {
    return weights;
  }

  double lowestWeight() {
    return lowestWeight;
  }
}
