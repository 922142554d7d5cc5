package dev.weir.store.write;

import java.util.Arrays;

/** Writes the parts of an envelope one after the other into a growing array. */
final class EnvelopeWriter {

  private byte[] bytes;
  private int size;

  /**
   * @param expected about how many bytes will come
   */
  EnvelopeWriter(int expected) {
    bytes = new byte[expected];
  }

  void putByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  /**
   * A number from 0 upwards: 7 bits a byte, the lowest first, the top bit says that more follow.
   */
  void putNumber(long value, String what) {
    if (value < 0) {
      throw new IllegalArgumentException(what + " must not be negative: " + value);
    }
    ensure(9);
    long rest = value;
    while (rest > 0x7f) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Any number in 8 bytes. */
  void putFixed(long value) {
    ensure(Long.BYTES);
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  /** Bytes behind their number. */
  void putBytes(byte[] value) {
    putNumber(value.length, "length");
    putRaw(value);
  }

  /** Bytes alone. */
  void putRaw(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  byte[] toBytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, Math.min(2 * size, 1 << 30)));
    }
  }
}
