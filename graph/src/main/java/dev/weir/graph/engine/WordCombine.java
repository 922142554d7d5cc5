package dev.weir.graph.engine;

import dev.weir.graph.Combine;

/** How messages combine that are longs, or doubles carried as their bits. */
enum WordCombine {
  LONG_SUM(0),
  LONG_MIN(Long.MAX_VALUE),
  LONG_MAX(Long.MIN_VALUE),
  DOUBLE_SUM(Double.doubleToRawLongBits(0)),
  DOUBLE_MIN(Double.doubleToRawLongBits(Double.POSITIVE_INFINITY)),
  DOUBLE_MAX(Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY));

  private final long identity;

  WordCombine(long identity) {
    this.identity = identity;
  }

  static WordCombine ofLongs(Combine combine) {
    return switch (combine) {
      case SUM -> LONG_SUM;
      case MIN -> LONG_MIN;
      case MAX -> LONG_MAX;
    };
  }

  static WordCombine ofDoubles(Combine combine) {
    return switch (combine) {
      case SUM -> DOUBLE_SUM;
      case MIN -> DOUBLE_MIN;
      case MAX -> DOUBLE_MAX;
    };
  }

  /** What changes nothing. */
  long identity() {
    return identity;
  }

  /** Whether words are the bits of doubles. */
  boolean isDouble() {
    return this == DOUBLE_SUM || this == DOUBLE_MIN || this == DOUBLE_MAX;
  }

  /** Whether a word that changes nothing is a message all the same. */
  boolean deliversIdentity() {
    return this == LONG_SUM || this == DOUBLE_SUM;
  }

  long apply(long one, long other) {
    return switch (this) {
      case LONG_SUM -> one + other;
      case LONG_MIN -> Math.min(one, other);
      case LONG_MAX -> Math.max(one, other);
      case DOUBLE_SUM -> bits(number(one) + number(other));
      case DOUBLE_MIN -> bits(Math.min(number(one), number(other)));
      case DOUBLE_MAX -> bits(Math.max(number(one), number(other)));
    };
  }

  /**
   * Combines words into the places whose bits are set, by ascending place. The loops are apart so
   * that each is tight.
   */
  void applyAll(long[] into, int from, long bits, long[] words) {
    switch (this) {
      case LONG_SUM -> {
        int i = 0;
        for (long rest = bits; rest != 0; rest &= rest - 1) {
          into[from + Long.numberOfTrailingZeros(rest)] += words[i++];
        }
      }
      case LONG_MIN -> {
        int i = 0;
        for (long rest = bits; rest != 0; rest &= rest - 1) {
          int at = from + Long.numberOfTrailingZeros(rest);
          into[at] = Math.min(into[at], words[i++]);
        }
      }
      case DOUBLE_SUM -> {
        int i = 0;
        for (long rest = bits; rest != 0; rest &= rest - 1) {
          int at = from + Long.numberOfTrailingZeros(rest);
          into[at] = bits(number(into[at]) + number(words[i++]));
        }
      }
      case LONG_MAX, DOUBLE_MIN, DOUBLE_MAX -> {
        int i = 0;
        for (long rest = bits; rest != 0; rest &= rest - 1) {
          int at = from + Long.numberOfTrailingZeros(rest);
          into[at] = apply(into[at], words[i++]);
        }
      }
    }
  }

  static double number(long word) {
    return Double.longBitsToDouble(word);
  }

  static long bits(double number) {
    return Double.doubleToRawLongBits(number);
  }
}
