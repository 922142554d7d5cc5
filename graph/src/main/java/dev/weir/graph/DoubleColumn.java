package dev.weir.graph;

import java.util.Arrays;

/** A double for each vertex of a shard. Confined to the thread that computes the shard. */
public final class DoubleColumn implements Column {

  private final int first;
  private final double[] values;

  /**
   * A column that holds the same value everywhere.
   *
   * @param first number of the shard's first vertex
   * @param size vertices of the shard
   * @param initial what every vertex starts with
   */
  public DoubleColumn(int first, int size, double initial) {
    this.first = first;
    this.values = new double[size];
    Arrays.fill(values, initial);
  }

  /** The value of a vertex of this shard. */
  public double get(Vertex vertex) {
    return values[vertex.number() - first];
  }

  /** Sets the value of a vertex of this shard. */
  public void set(Vertex vertex, double value) {
    values[vertex.number() - first] = value;
  }

  /** The value at a place in the shard, from 0. */
  public double at(int place) {
    return values[place];
  }

  /** Sets the value at a place in the shard, from 0. */
  public void put(int place, double value) {
    values[place] = value;
  }

  @Override
  public int size() {
    return values.length;
  }
}
