package dev.weir.graph.algorithms;

import java.util.Arrays;

/** Finds the most frequent of some numbers, and of several such the least. Not thread-safe. */
final class MostFrequent {

  /** Up to so many, sorting is quicker than counting. */
  private static final int FEW = 24;

  private static final int FIRST = 64;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long[] numbers = new long[FIRST];

  /** A hash table with open addressing, at most half full; a slot without a count is free. */
  private long[] keys = new long[0];

  private int[] counts = new int[0];

  /** An array for at least so many numbers, to be filled by the caller. */
  long[] space(int count) {
    if (count > numbers.length) {
      numbers = new long[Math.max(count, numbers.length * 2)];
    }
    return numbers;
  }

  /**
   * The most frequent of the numbers in {@link #space}, whose order is lost.
   *
   * @param count how many there are, at least 1
   */
  long of(int count) {
    return count <= FEW ? bySorting(count) : byCounting(count);
  }

  private long bySorting(int count) {
    sort(count);
    long best = numbers[0];
    int most = 0;
    int start = 0;
    for (int i = 1; i <= count; i++) {
      if (i == count || numbers[i] != numbers[start]) {
        if (i - start > most) {
          most = i - start;
          best = numbers[start];
        }
        start = i;
      }
    }
    return best;
  }

  private void sort(int count) {
    for (int i = 1; i < count; i++) {
      long number = numbers[i];
      int at = i - 1;
      while (at >= 0 && numbers[at] > number) {
        numbers[at + 1] = numbers[at];
        at--;
      }
      numbers[at + 1] = number;
    }
  }

  private long byCounting(int count) {
    int size = Integer.highestOneBit(count) << 2;
    if (size > keys.length) {
      keys = new long[size];
      counts = new int[size];
    } else {
      Arrays.fill(counts, 0, size, 0);
    }
    int shift = Long.SIZE - Integer.numberOfTrailingZeros(size);
    long best = Long.MAX_VALUE;
    int most = 0;
    for (int i = 0; i < count; i++) {
      long number = numbers[i];
      int seen = count(number, (int) ((number * GOLDEN) >>> shift), size - 1);
      if (seen > most || (seen == most && number < best)) {
        most = seen;
        best = number;
      }
    }
    return best;
  }

  private int count(long number, int slot, int mask) {
    int at = slot;
    while (counts[at] != 0 && keys[at] != number) {
      at = (at + 1) & mask;
    }
    keys[at] = number;
    counts[at]++;
    return counts[at];
  }
}
