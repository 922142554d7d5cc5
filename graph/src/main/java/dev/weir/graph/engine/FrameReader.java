package dev.weir.graph.engine;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** Reads what {@link FrameWriter} has written. Confined to one thread. */
final class FrameReader {

  private final byte[] bytes;
  private int at;

  FrameReader(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  byte next() {
    return bytes[at++];
  }

  long varint() {
    byte first = bytes[at++];
    if (first >= 0) {
      return first;
    }
    long value = first & 0x7F;
    for (int shift = 7; ; shift += 7) {
      byte more = bytes[at++];
      value |= (more & 0x7FL) << shift;
      if (more >= 0) {
        return value;
      }
    }
  }

  byte[] counted() {
    int length = (int) varint();
    byte[] counted = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return counted;
  }

  long signed() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  int fixedInt(VarHandle ints) {
    int value = (int) ints.get(bytes, at);
    at += Integer.BYTES;
    return value;
  }

  long fixed() {
    long word = (long) FrameWriter.WORDS.get(bytes, at);
    at += Long.BYTES;
    return word;
  }

  /** Reads words of 8 bytes. */
  void fixed(long[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = (long) FrameWriter.WORDS.get(bytes, at + i * Long.BYTES);
    }
    at += count * Long.BYTES;
  }

  /**
   * Reads numbers without sign.
   *
   * @param width bytes of each: 0, 1, 2, 4 or 8
   */
  void unsigned(long[] into, int count, int width) {
    for (int i = 0; i < count; i++) {
      long number = 0;
      for (int b = 0; b < width; b++) {
        number |= (bytes[at + b] & 0xFFL) << (b * Byte.SIZE);
      }
      into[i] = number;
      at += width;
    }
  }
}
