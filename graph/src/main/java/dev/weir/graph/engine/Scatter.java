package dev.weir.graph.engine;

import java.util.Arrays;

/**
 * Where one shard's messages of one superstep and channel are combined before they travel: a word
 * for each vertex of the whole graph. Lent to one shard at a time.
 */
final class Scatter {

  /** Once as many messages were added as one in so many vertices, sums are no longer marked. */
  private static final int DENSE = 8;

  private static final long MINUS_ZERO = Long.MIN_VALUE;

  private final WordCombine combine;

  /** What stands where nothing was added. For sums of doubles it is -0, which no sum comes to. */
  private final long nothing;

  private final long[] words;
  private final long[] touched;
  private final BlockWriter writer = new BlockWriter();
  private long added;

  /** Whether words that are touched are known by their values only. */
  private boolean dense;

  Scatter(WordCombine combine, int vertices) {
    this.combine = combine;
    this.words = new long[vertices];
    // One more, because the last block of a shard is put together of two.
    this.touched = new long[(vertices >>> 6) + 2];
    this.nothing = combine == WordCombine.DOUBLE_SUM ? MINUS_ZERO : combine.identity();
    if (nothing != 0) {
      Arrays.fill(words, nothing);
    }
  }

  static long bytes(int vertices) {
    return 8L * vertices + vertices / 8 + BlockWriter.bytes(vertices);
  }

  void add(int target, long word) {
    long before = words[target];
    long after = combine.apply(before, word);
    if (after == MINUS_ZERO && combine == WordCombine.DOUBLE_SUM) {
      after = 0;
    }
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

  /** Marking costs a third of the time, and where most are touched it tells nothing. */
  private void addDoubles(int[] targets, int from, int to, double value) {
    added += to - from;
    dense = dense || added > words.length / DENSE;
    // Makes a 0 of -0.
    double sum = value + 0.0;
    if (dense) {
      for (int i = from; i < to; i++) {
        int target = targets[i];
        words[target] = WordCombine.bits(WordCombine.number(words[target]) + sum);
      }
      return;
    }
    for (int i = from; i < to; i++) {
      int target = targets[i];
      long before = words[target];
      words[target] = WordCombine.bits(WordCombine.number(before) + sum);
      if (before == MINUS_ZERO) {
        touched[target >>> 6] |= 1L << target;
      }
    }
  }

  /** A word that is not 0 has been touched already; one that is may have been. */
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
    if (combine == WordCombine.DOUBLE_MIN) {
      leastPlusWeights(targets, weights, from, to, value);
      return;
    }
    for (int i = from; i < to; i++) {
      add(targets[i], WordCombine.bits(value + weights[i]));
    }
  }

  private void leastPlusWeights(int[] targets, double[] weights, int from, int to, double value) {
    for (int i = from; i < to; i++) {
      int target = targets[i];
      double offer = value + weights[i];
      double before = WordCombine.number(words[target]);
      if (offer < before) {
        words[target] = WordCombine.bits(offer);
        touched[target >>> 6] |= 1L << target;
      } else if (!(offer > before)) {
        // Zeros of two signs, or not a number.
        add(target, WordCombine.bits(offer));
      }
    }
  }

  /** What writes the frames; kept with the place, because one shard at a time has both. */
  BlockWriter writer() {
    return writer;
  }

  /**
   * Writes what was added for the vertices of one shard, and forgets it, up to where a frame is
   * full.
   *
   * @param first number of the shard's first vertex
   * @param size how many it has
   * @param block where to begin, a multiple of 64 vertices after the first
   * @return where to go on; as many blocks as the shard has if this was all
   */
  int drain(int first, int size, int block) {
    int blocks = (size + Long.SIZE - 1) >>> 6;
    int next = block;
    while (next < blocks && !writer.isFull()) {
      long bits = bits(first, size, next);
      if (bits != 0) {
        int from = first + (next << 6);
        writer.block(next, bits, words, from, combine.isDouble());
        forget(bits, from);
      }
      next++;
    }
    return next;
  }

  private void forget(long bits, int from) {
    if (bits == -1L) {
      Arrays.fill(words, from, from + Long.SIZE, nothing);
      return;
    }
    for (long rest = bits; rest != 0; rest &= rest - 1) {
      words[from + Long.numberOfTrailingZeros(rest)] = nothing;
    }
  }

  /** Which vertices of a block of a shard were touched; it need not begin where our words do. */
  private long bits(int first, int size, int block) {
    if (dense) {
      return bitsByValue(first + (block << 6), first + size);
    }
    int at = (first >>> 6) + block;
    int shift = first & (Long.SIZE - 1);
    long bits = touched[at] >>> shift;
    if (shift != 0) {
      bits |= touched[at + 1] << (Long.SIZE - shift);
    }
    int left = size - (block << 6);
    return left < Long.SIZE ? bits & (-1L >>> (Long.SIZE - left)) : bits;
  }

  private long bitsByValue(int from, int end) {
    int count = Math.min(Long.SIZE, end - from);
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= words[from + i] == nothing ? 0 : 1L << i;
    }
    return bits;
  }

  /** To be called once all shards are drained. */
  void clear() {
    Arrays.fill(touched, 0);
    added = 0;
    dense = false;
  }
}
