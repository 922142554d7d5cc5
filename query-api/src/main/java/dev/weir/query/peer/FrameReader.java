package dev.weir.query.peer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one frame. What is cut short or out of range is a {@link
 * MalformedFrameException}; nothing larger than the frame is ever allocated on its word. Fields
 * behind the last one read are a newer version's and are skipped.
 */
final class FrameReader {
  private final byte[] bytes;
  private int at;

  FrameReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads one element of a list. */
  @FunctionalInterface
  interface Element<T> {
    T read(FrameReader in) throws MalformedFrameException;
  }

  int remaining() {
    return bytes.length - at;
  }

  int readByte() throws MalformedFrameException {
    require(1);
    return bytes[at++] & 0xff;
  }

  boolean readBoolean() throws MalformedFrameException {
    return readByte() != 0;
  }

  int readFixed32() throws MalformedFrameException {
    require(4);
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = (value << 8) | (bytes[at++] & 0xff);
    }
    return value;
  }

  long readFixed64() throws MalformedFrameException {
    return ((long) readFixed32() << 32) | (readFixed32() & 0xffff_ffffL);
  }

  long readNumber() throws MalformedFrameException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = readByte();
      value |= (next & 0x7fL) << shift;
      if (next < 0x80) {
        return value - 1;
      }
    }
    throw new MalformedFrameException("a number of more than 10 bytes");
  }

  int readInt() throws MalformedFrameException {
    long value = readNumber();
    if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw new MalformedFrameException("a number out of range");
    }
    return (int) value;
  }

  byte[] readBytes() throws MalformedFrameException {
    byte[] value = readNullableBytes();
    if (value == null) {
      throw new MalformedFrameException("nothing where bytes must be");
    }
    return value;
  }

  byte @Nullable [] readNullableBytes() throws MalformedFrameException {
    long length = readNumber();
    if (length == -1) {
      return null;
    }
    if (length < 0 || length > remaining()) {
      throw new MalformedFrameException("a length beyond the frame");
    }
    byte[] value = Arrays.copyOfRange(bytes, at, at + (int) length);
    at += (int) length;
    return value;
  }

  String readText() throws MalformedFrameException {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }

  @Nullable String readNullableText() throws MalformedFrameException {
    byte[] value = readNullableBytes();
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  /** A list behind its length; an element takes at least one byte. */
  <T> List<T> readList(Element<T> element) throws MalformedFrameException {
    long count = readNumber();
    if (count < 0 || count > remaining()) {
      throw new MalformedFrameException("more elements than the frame has bytes");
    }
    List<T> list = new ArrayList<>((int) Math.min(count, 1024));
    for (long i = 0; i < count; i++) {
      list.add(element.read(this));
    }
    return list;
  }

  private void require(int count) throws MalformedFrameException {
    if (remaining() < count) {
      throw new MalformedFrameException("cut short");
    }
  }
}
