package dev.weir.query.peer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes one frame: 4 bytes for its length, then its fields. Not for use by several threads. */
final class FrameWriter {
  private static final int LENGTH_BYTES = 4;

  private byte[] bytes;
  private int at = LENGTH_BYTES;

  FrameWriter(int expectedBytes) {
    bytes = new byte[LENGTH_BYTES + Math.max(16, expectedBytes)];
  }

  /** Bytes written so far, without the length. */
  int size() {
    return at - LENGTH_BYTES;
  }

  /** Forgets what was written behind this {@link #size}. */
  void rewind(int size) {
    at = LENGTH_BYTES + size;
  }

  void writeByte(int value) {
    ensure(1);
    bytes[at++] = (byte) value;
  }

  void writeBoolean(boolean value) {
    writeByte(value ? 1 : 0);
  }

  /** 4 bytes, big-endian. */
  void writeFixed32(int value) {
    ensure(4);
    put32(at, value);
    at += 4;
  }

  /** 8 bytes, big-endian. */
  void writeFixed64(long value) {
    writeFixed32((int) (value >>> 32));
    writeFixed32((int) value);
  }

  /** Any number, short for small ones above -2. */
  void writeNumber(long value) {
    ensure(10);
    long rest = value + 1;
    while ((rest & ~0x7fL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }

  void writeBytes(byte[] value) {
    writeNumber(value.length);
    ensure(value.length);
    System.arraycopy(value, 0, bytes, at, value.length);
    at += value.length;
  }

  void writeNullableBytes(byte @Nullable [] value) {
    if (value == null) {
      writeNumber(-1);
    } else {
      writeBytes(value);
    }
  }

  void writeText(String value) {
    writeBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  void writeNullableText(@Nullable String value) {
    writeNullableBytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  /** Another writer's fields behind their length, for a reader that may know fewer of them. */
  void writeBlock(FrameWriter block) {
    writeNumber(block.size());
    ensure(block.size());
    System.arraycopy(block.bytes, LENGTH_BYTES, bytes, at, block.size());
    at += block.size();
  }

  /** A copy of the bytes without their length. */
  byte[] content() {
    return Arrays.copyOfRange(bytes, LENGTH_BYTES, at);
  }

  /** The bytes with their length in front, valid up to {@link #length}; the writer is done. */
  byte[] frame() {
    return frameBefore(0);
  }

  /** The same of a frame that has so many bytes more, which are sent behind these. */
  byte[] frameBefore(int more) {
    put32(0, size() + more);
    return bytes;
  }

  /** Length of the frame with its length field. */
  int length() {
    return at;
  }

  private void put32(int offset, int value) {
    bytes[offset] = (byte) (value >>> 24);
    bytes[offset + 1] = (byte) (value >>> 16);
    bytes[offset + 2] = (byte) (value >>> 8);
    bytes[offset + 3] = (byte) value;
  }

  private void ensure(int more) {
    if (bytes.length - at < more) {
      int needed = Math.addExact(at, more);
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * needed));
    }
  }
}
