package dev.weir.graph.job;

import dev.weir.graph.compact.BytesIndex;
import java.util.Arrays;

/**
 * Edges that begin at a shard's vertices, before it is known which numbers the vertices at their
 * other ends have. Not thread-safe.
 */
final class LocalEdges {

  private static final int FIRST = 256;

  /** The vertices at the other ends. */
  private final BytesIndex others = new BytesIndex();

  private int[] places = new int[FIRST];
  private int[] otherOf = new int[FIRST];
  private double[] weights = new double[FIRST];
  private boolean[] reversed = new boolean[FIRST];
  private int size;

  /** Takes one edge after the other. */
  interface Visitor {
    void edge(int place, int other, double weight, boolean reversed);
  }

  void add(int place, byte[] other, double weight, boolean isReversed) {
    if (size == places.length) {
      int length = Math.multiplyExact(size, 2);
      places = Arrays.copyOf(places, length);
      otherOf = Arrays.copyOf(otherOf, length);
      weights = Arrays.copyOf(weights, length);
      reversed = Arrays.copyOf(reversed, length);
    }
    places[size] = place;
    otherOf[size] = others.add(other);
    weights[size] = weight;
    reversed[size] = isReversed;
    size++;
  }

  BytesIndex others() {
    return others;
  }

  void forEach(Visitor visitor) {
    for (int i = 0; i < size; i++) {
      visitor.edge(places[i], otherOf[i], weights[i], reversed[i]);
    }
  }

  long bytes() {
    return others.bytes() + 17L * places.length;
  }
}
