package dev.weir.store;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A document's key in its order-preserving encoding, made by a {@link KeyCodec}.
 *
 * <p>Immutable by convention: the array is shared, never copied, and must not be changed. Ordered
 * as unsigned bytes.
 */
public final class Key implements Comparable<Key> {
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

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Hexadecimal, for messages; a {@link KeyCodec} gives the readable form. */
  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
