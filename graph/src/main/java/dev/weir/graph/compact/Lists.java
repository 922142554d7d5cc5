package dev.weir.graph.compact;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Adjacency of consecutive vertices while it is built: counting sorts, no comparisons. */
final class Lists {

  private final int first;
  private final int[] offsets;
  private final int[] targets;
  private final double @Nullable [] weights;

  private Lists(int first, int[] offsets, boolean weighted) {
    int entries = sums(offsets);
    this.first = first;
    this.offsets = offsets;
    this.targets = new int[entries];
    this.weights = weighted ? new double[entries] : null;
  }

  /**
   * Which end of an edge has it in its list.
   *
   * @param bySource whether it is the source
   * @param symmetric whether the other end has it too; a self-loop is there once
   */
  record Owners(boolean bySource, boolean symmetric) {
    int[] owners(int[] from, int[] to) {
      return bySource ? from : to;
    }

    /** The other end of each edge. */
    Owners reversed() {
      return new Owners(!bySource, symmetric);
    }

    int[] others(int[] from, int[] to) {
      return bySource ? to : from;
    }
  }

  /** How many entries the list of each vertex has. */
  static int[] degrees(int vertices, EdgeArrays edges, Owners owners) {
    int[] degrees = new int[vertices];
    edges.forEach(
        (from, to, weights, size) -> {
          int[] own = owners.owners(from, to);
          int[] other = owners.others(from, to);
          for (int e = 0; e < size; e++) {
            degrees[own[e]]++;
            if (owners.symmetric() && own[e] != other[e]) {
              degrees[other[e]]++;
            }
          }
        });
    return degrees;
  }

  /**
   * Edges by the end that does not own them, out of which {@link #transposed} makes the lists of
   * some vertices: ascending by the other end, between the same two in the order in which edges
   * came.
   *
   * @param vertices how many there are in all
   */
  static Lists byOther(
      int vertices, EdgeArrays edges, boolean weighted, Owners owners, Range range) {
    int[] starts = new int[vertices + 1];
    edges.forEach(
        (from, to, weights, size) -> {
          int[] own = owners.owners(from, to);
          int[] other = owners.others(from, to);
          for (int e = 0; e < size; e++) {
            if (range.has(own[e])) {
              starts[other[e] + 1]++;
            }
            if (owners.symmetric() && own[e] != other[e] && range.has(other[e])) {
              starts[own[e] + 1]++;
            }
          }
        });
    Lists byOther = new Lists(0, starts, weighted);
    int[] next = Arrays.copyOf(starts, vertices);
    edges.forEach(
        (from, to, weights, size) -> {
          int[] own = owners.owners(from, to);
          int[] other = owners.others(from, to);
          for (int e = 0; e < size; e++) {
            double weight = weights == null ? 1 : weights[e];
            if (range.has(own[e])) {
              byOther.put(next[other[e]]++, own[e], weight);
            }
            if (owners.symmetric() && own[e] != other[e] && range.has(other[e])) {
              byOther.put(next[own[e]]++, other[e], weight);
            }
          }
        });
    return byOther;
  }

  /**
   * Consecutive vertices.
   *
   * @param end after the last one
   */
  record Range(int first, int end) {
    boolean has(int vertex) {
      return vertex >= first && vertex < end;
    }
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

  /** The same edges by their other end, all of which must be in a range; lists are ascending. */
  Lists transposed(Range range) {
    int[] starts = new int[range.end() - range.first() + 1];
    for (int target : targets) {
      starts[target - range.first() + 1]++;
    }
    Lists lists = new Lists(range.first(), starts, weights != null);
    int[] next = Arrays.copyOf(starts, starts.length - 1);
    for (int place = 0; place < offsets.length - 1; place++) {
      for (int i = offsets[place]; i < offsets[place + 1]; i++) {
        int at = next[targets[i] - range.first()]++;
        lists.put(at, first + place, weights == null ? 1 : weights[i]);
      }
    }
    return lists;
  }

  /** The lists of some of the vertices. */
  Adjacency slice(Range range) {
    int start = offsets[range.first() - first];
    int stop = offsets[range.end() - first];
    int[] own = Arrays.copyOfRange(offsets, range.first() - first, range.end() - first + 1);
    for (int i = 0; i < own.length; i++) {
      own[i] -= start;
    }
    boolean all = start == 0 && stop == targets.length;
    double[] ownWeights = weights;
    if (ownWeights != null && !all) {
      ownWeights = Arrays.copyOfRange(ownWeights, start, stop);
    }
    return new Adjacency(own, all ? targets : Arrays.copyOfRange(targets, start, stop), ownWeights);
  }
}
