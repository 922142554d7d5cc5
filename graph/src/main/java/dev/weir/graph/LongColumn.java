package dev.weir.graph;

import java.util.Arrays;

/** A long for each vertex of a shard. Confined to the thread that computes the shard. */
public final class LongColumn implements Column {

  private final int first;
  private final long[] values;

  /**
   * A column that holds the same value everywhere.
   *
   * @param first number of the shard's first vertex
   * @param size vertices of the shard
   * @param initial what every vertex starts with
   */
  public LongColumn(int first, int size, long initial) {
    this.first = first;
    this.values = new long[size];
    Arrays.fill(values, initial);
  }

  /** The value of a vertex of this shard. */
  public long get(Vertex vertex) {
    return values[vertex.number() - first];
  }

  /** Sets the value of a vertex of this shard. */
  public void set(Vertex vertex, long value) {
    values[vertex.number() - first] = value;
  }

  /** The value at a place in the shard, from 0. */
  public long at(int place) {
    return values[place];
  }

  /** Sets the value at a place in the shard, from 0. */
  public void put(int place, long value) {
    values[place] = value;
  }

  @Override
  public int size() {
    return values.length;
  }
}
