package dev.weir.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A set of keys that are neighbours in key order.
 *
 * @param from lower end in encoded bytes; null = from the first key
 * @param fromInclusive whether {@code from} itself belongs to the range
 * @param to upper end in encoded bytes; null = to the last key
 * @param toInclusive whether {@code to} itself belongs to the range
 */
public record KeyRange(
    byte @Nullable [] from, boolean fromInclusive, byte @Nullable [] to, boolean toInclusive) {

  private static final KeyRange ALL = new KeyRange(null, true, null, false);

  /** Every key. */
  public static KeyRange all() {
    return ALL;
  }

  /** Every key whose encoding starts with {@code prefix}. */
  public static KeyRange prefix(byte[] prefix) {
    return new KeyRange(prefix, true, successor(prefix), false);
  }

  /** The range without everything up to and including {@code key}, in ascending order. */
  public KeyRange after(Key key) {
    return new KeyRange(key.bytes(), false, to, toInclusive);
  }

  /** The range without everything from {@code key} upwards, for descending order. */
  public KeyRange before(Key key) {
    return new KeyRange(from, fromInclusive, key.bytes(), false);
  }

  /** Whether {@code key} lies in the range. */
  public boolean contains(byte[] key) {
    if (from != null) {
      int order = Arrays.compareUnsigned(key, from);
      if (order < 0 || (order == 0 && !fromInclusive)) {
        return false;
      }
    }
    if (to != null) {
      int order = Arrays.compareUnsigned(key, to);
      return order < 0 || (order == 0 && toInclusive);
    }
    return true;
  }

  /** The least byte string above all strings that start with {@code prefix}; null if none is. */
  public static byte @Nullable [] successor(byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (prefix[i] != (byte) 0xff) {
        byte[] next = Arrays.copyOf(prefix, i + 1);
        next[i]++;
        return next;
      }
    }
    return null;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof KeyRange other
        && Arrays.equals(from, other.from)
        && fromInclusive == other.fromInclusive
        && Arrays.equals(to, other.to)
        && toInclusive == other.toInclusive;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(from) + Arrays.hashCode(to);
  }
}
