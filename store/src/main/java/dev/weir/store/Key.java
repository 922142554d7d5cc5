package dev.weir.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A document's key in its order-preserving encoding, made by a {@link KeyCodec}.
 *
 * <p>Immutable by convention: the array is shared, never copied, and must not be changed. Ordered
 * as unsigned bytes.
 */
public final class Key implements Comparable<Key> {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** An odd number whose bits have no pattern: 2 to the 64 divided by the golden ratio. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final byte[] bytes;

  private Key(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Wraps an encoded key; the caller gives the array away. */
  public static Key ofEncoded(byte[] bytes) {
    return new Key(bytes);
  }

  /** The encoding; do not modify. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int compareTo(Key other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Key other && Arrays.equals(bytes, other.bytes);
  }

  /** Keys that differ in a few low bits only, as counted ones do, must not share their hashes. */
  @Override
  public int hashCode() {
    long hash = bytes.length;
    int at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      hash = mixed(hash ^ (long) LONGS.get(bytes, at));
    }
    long rest = 0;
    for (; at < bytes.length; at++) {
      rest = (rest << Byte.SIZE) | (bytes[at] & 0xff);
    }
    return (int) mixed(hash ^ rest);
  }

  private static long mixed(long bits) {
    long product = bits * SPREAD;
    return product ^ (product >>> Integer.SIZE);
  }

  /** Hexadecimal, for messages; a {@link KeyCodec} gives the readable form. */
  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
