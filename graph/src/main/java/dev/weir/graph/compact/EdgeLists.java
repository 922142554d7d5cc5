package dev.weir.graph.compact;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Edges of one shard's vertices, put together as they come, in any order; the same edges give the
 * same lists. Not thread-safe.
 */
public final class EdgeLists {

  private static final int FIRST = 256;

  private int[] places = new int[FIRST];
  private int[] others = new int[FIRST];
  private double @Nullable [] weights;
  private int size;

  /**
   * No edges yet.
   *
   * @param weighted whether weights are kept
   */
  public EdgeLists(boolean weighted) {
    weights = weighted ? new double[FIRST] : null;
  }

  /**
   * Adds an edge to the list of one of its ends.
   *
   * @param place of that end in the shard
   * @param other number of the other end
   */
  public void add(int place, int other, double weight) {
    if (size == places.length) {
      if (size == EdgeArrays.MOST) {
        throw new IllegalStateException("a shard has at most " + EdgeArrays.MOST + " edges");
      }
      places = Arrays.copyOf(places, size * 2);
      others = Arrays.copyOf(others, size * 2);
      weights = weights == null ? null : Arrays.copyOf(weights, size * 2);
    }
    places[size] = place;
    others[size] = other;
    if (weights != null) {
      weights[size] = weight;
    }
    size++;
  }

  /** Bytes of its arrays. */
  public long bytes() {
    return 8L * places.length + (weights == null ? 0 : 8L * weights.length);
  }

  /**
   * The lists, each ascending by the other end, and by weight between the same two.
   *
   * @param vertices of the shard
   */
  public Adjacency build(int vertices) {
    int[] offsets = new int[vertices + 1];
    for (int i = 0; i < size; i++) {
      offsets[places[i] + 1]++;
    }
    Arrays.parallelPrefix(offsets, Integer::sum);
    int[] next = Arrays.copyOf(offsets, vertices);
    int[] targets = new int[size];
    double[] given = weights;
    double[] ordered = given == null ? null : new double[size];
    for (int i = 0; i < size; i++) {
      int at = next[places[i]]++;
      targets[at] = others[i];
      if (given != null && ordered != null) {
        ordered[at] = given[i];
      }
    }
    for (int place = 0; place < vertices; place++) {
      if (ordered == null) {
        Arrays.sort(targets, offsets[place], offsets[place + 1]);
      } else {
        sort(targets, ordered, offsets[place], offsets[place + 1]);
      }
    }
    return new Adjacency(offsets, targets, ordered);
  }

  private static void sort(int[] targets, double[] weights, int from, int to) {
    if (to - from < 2) {
      return;
    }
    int[] order =
        IntStream.range(from, to)
            .boxed()
            .sorted(
                (one, other) ->
                    targets[one] != targets[other]
                        ? Integer.compare(targets[one], targets[other])
                        : Double.compare(weights[one], weights[other]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] sortedTargets = new int[order.length];
    double[] sortedWeights = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      sortedTargets[i] = targets[order[i]];
      sortedWeights[i] = weights[order[i]];
    }
    System.arraycopy(sortedTargets, 0, targets, from, order.length);
    System.arraycopy(sortedWeights, 0, weights, from, order.length);
  }
}
