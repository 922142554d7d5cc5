package dev.weir.graph.compact;

import java.util.Arrays;

/**
 * Distinct byte strings, numbered from 0 in the order of their arrival, and found by content: a
 * hash table of numbers with open addressing. Not thread-safe while it is filled.
 */
public final class BytesIndex {

  private static final int FIRST = 64;
  private static final int MOST = 1 << 29;
  private static final int GOLDEN = 0x9E3779B9;

  private byte[] bytes = new byte[FIRST * Long.BYTES];
  private long[] ends = new long[FIRST];
  private int size;

  /** Number + 1, or 0 where nothing is; at most half full. */
  private int[] table = new int[2 * FIRST];

  private int shift = Integer.numberOfLeadingZeros(2 * FIRST) + 1;

  /** How many there are. */
  public int size() {
    return size;
  }

  /** The number of a byte string, which is added if it is not there. */
  public int add(byte[] source) {
    int slot = slot(source);
    if (table[slot] != 0) {
      return table[slot] - 1;
    }
    append(source);
    table[slot] = size;
    if (size > table.length / 2) {
      rehash();
    }
    return size - 1;
  }

  /** The number of a byte string; -1 if it is not there. */
  public int find(byte[] source) {
    return table[slot(source)] - 1;
  }

  /** The byte string of a number. */
  public byte[] get(int number) {
    return Arrays.copyOfRange(bytes, start(number), (int) ends[number]);
  }

  private int start(int number) {
    return number == 0 ? 0 : (int) ends[number - 1];
  }

  private void append(byte[] source) {
    long end = (size == 0 ? 0 : ends[size - 1]) + source.length;
    if (end > Integer.MAX_VALUE - FIRST || size == MOST) {
      throw new IllegalStateException(
          "the keys of a shard take more than 2 GiB: divide the graph into more shards");
    }
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - FIRST, end * 2));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
    }
    System.arraycopy(source, 0, bytes, (int) end - source.length, source.length);
    ends[size++] = end;
  }

  private int slot(byte[] source) {
    int slot = (hash(source, 0, source.length) * GOLDEN) >>> shift;
    while (table[slot] != 0 && !has(table[slot] - 1, source)) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  private boolean has(int number, byte[] source) {
    return Arrays.equals(bytes, start(number), (int) ends[number], source, 0, source.length);
  }

  private static int hash(byte[] source, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + source[i];
    }
    return hash;
  }

  private void rehash() {
    table = new int[table.length * 2];
    shift--;
    for (int number = 0; number < size; number++) {
      int slot = (hash(bytes, start(number), (int) ends[number]) * GOLDEN) >>> shift;
      while (table[slot] != 0) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = number + 1;
    }
  }

  /** Bytes of its arrays. */
  public long bytes() {
    return bytes.length + 8L * ends.length + 4L * table.length;
  }
}
