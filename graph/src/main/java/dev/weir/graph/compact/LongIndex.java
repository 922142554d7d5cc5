package dev.weir.graph.compact;

import java.util.Arrays;

/**
 * Distinct longs, numbered from 0 in the order of their arrival, and found by value: a hash table
 * of numbers with open addressing. Not thread-safe while it is filled.
 */
final class LongIndex {

  private static final int LEAST = 16;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** The most vertices of a graph: the table has twice as many slots, and a power of two. */
  static final int MOST = 1 << 29;

  private long[] values;
  private int size;

  /** Number + 1, or 0 where nothing is; at most half full. */
  private int[] table;

  private int shift;

  LongIndex(int expected) {
    values = new long[Math.max(LEAST, expected)];
    allocate(tableSize(values.length));
  }

  private static int tableSize(int capacity) {
    return Integer.highestOneBit(Math.max(LEAST, Math.min(MOST, capacity) - 1)) << 2;
  }

  private void allocate(int length) {
    table = new int[length];
    shift = Long.numberOfLeadingZeros(length) + 1;
  }

  int size() {
    return size;
  }

  long value(int number) {
    return values[number];
  }

  /** The values in the order of their numbers, cut to size. */
  long[] values() {
    values = values.length == size ? values : Arrays.copyOf(values, size);
    return values;
  }

  /** Adds a value; false if it is there already. */
  boolean add(long value) {
    int slot = slot(value);
    if (table[slot] != 0) {
      return false;
    }
    if (size == MOST) {
      throw new IllegalStateException("a graph has at most " + MOST + " vertices");
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.min(MOST, size * 2));
    }
    values[size++] = value;
    table[slot] = size;
    if (size > table.length / 2) {
      rehash();
    }
    return true;
  }

  /** The number of a value; -1 if it is not there. */
  int find(long value) {
    return table[slot(value)] - 1;
  }

  private int slot(long value) {
    int slot = (int) ((value * GOLDEN) >>> shift);
    while (table[slot] != 0 && values[table[slot] - 1] != value) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  private void rehash() {
    allocate(table.length * 2);
    for (int number = 0; number < size; number++) {
      table[slot(values[number])] = number + 1;
    }
  }

  /** Bytes of its arrays. */
  long bytes() {
    return 8L * values.length + 4L * table.length;
  }
}
