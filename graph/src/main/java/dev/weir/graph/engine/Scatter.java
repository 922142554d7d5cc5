package dev.weir.graph.engine;

import java.util.Arrays;

/**
 * Where one shard's messages of one superstep and channel are combined before they travel: a word
 * for each vertex of the whole graph. Lent to one shard at a time.
 */
final class Scatter {

  private final WordCombine combine;
  private final long[] words;
  private final long[] touched;

  Scatter(WordCombine combine, int vertices) {
    this.combine = combine;
    this.words = new long[vertices];
    this.touched = new long[(vertices >>> 6) + 1];
    if (combine.identity() != 0) {
      Arrays.fill(words, combine.identity());
    }
  }

  static long bytes(int vertices) {
    return 8L * vertices + vertices / 8;
  }

  void add(int target, long word) {
    long before = words[target];
    long after = combine.apply(before, word);
    if (after != before || combine.deliversIdentity()) {
      words[target] = after;
      touched[target >>> 6] |= 1L << target;
    }
  }

  /** Adds the same word to several vertices. The loops are apart so that each is tight. */
  void addAll(int[] targets, int from, int to, long word) {
    switch (combine) {
      case DOUBLE_SUM -> addDoubles(targets, from, to, WordCombine.number(word));
      case LONG_SUM -> addLongs(targets, from, to, word);
      case LONG_MIN -> least(targets, from, to, word);
      case LONG_MAX, DOUBLE_MIN, DOUBLE_MAX -> {
        for (int i = from; i < to; i++) {
          add(targets[i], word);
        }
      }
    }
  }

  /** A word that is not 0 has been touched already; one that is may have been. */
  private void addDoubles(int[] targets, int from, int to, double value) {
    for (int i = from; i < to; i++) {
      int target = targets[i];
      long before = words[target];
      words[target] = WordCombine.bits(WordCombine.number(before) + value);
      if (before == 0) {
        touched[target >>> 6] |= 1L << target;
      }
    }
  }

  private void addLongs(int[] targets, int from, int to, long value) {
    for (int i = from; i < to; i++) {
      int target = targets[i];
      long before = words[target];
      words[target] = before + value;
      if (before == 0) {
        touched[target >>> 6] |= 1L << target;
      }
    }
  }

  private void least(int[] targets, int from, int to, long value) {
    for (int i = from; i < to; i++) {
      int target = targets[i];
      if (value < words[target]) {
        words[target] = value;
        touched[target >>> 6] |= 1L << target;
      }
    }
  }

  /** Adds to each target the value plus the weight at the same place. */
  void addPlusWeights(int[] targets, double[] weights, int from, int to, double value) {
    for (int i = from; i < to; i++) {
      add(targets[i], WordCombine.bits(value + weights[i]));
    }
  }

  /**
   * Writes what was added for the vertices of one shard, and forgets it.
   *
   * @param first number of the shard's first vertex
   * @param end number after its last one
   */
  void drain(int first, int end, FrameWriter out) {
    int block = first >>> 6;
    int lastBlock = (end - 1) >>> 6;
    for (; first < end && block <= lastBlock; block++) {
      long bits = touched[block] & mask(block, first, end);
      touched[block] &= ~bits;
      while (bits != 0) {
        int number = (block << 6) + Long.numberOfTrailingZeros(bits);
        bits &= bits - 1;
        out.word(number - first, words[number], combine.isDouble());
        words[number] = combine.identity();
      }
    }
  }

  /** Which bits of a block stand for numbers from first to before end. */
  private static long mask(int block, int first, int end) {
    int start = block << 6;
    long mask = -1L;
    if (start < first) {
      mask &= -1L << (first - start);
    }
    if (end - start < Long.SIZE) {
      mask &= -1L >>> (Long.SIZE - (end - start));
    }
    return mask;
  }
}
