package dev.weir.store.index;

import java.util.Arrays;

/** Bytes that are put one behind the other. Not thread-safe. */
public final class ByteSink {
  private byte[] bytes;
  private int size;

  /** An empty one with room for some bytes. */
  public ByteSink(int room) {
    bytes = new byte[room];
  }

  /** Bytes put so far. */
  public int size() {
    return size;
  }

  /** Forgets what was put behind the first {@code length} bytes. */
  public void cut(int length) {
    size = length;
  }

  /** Puts the lowest eight bits of a number. */
  public void put(int b) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(16, size * 2));
    }
    bytes[size++] = (byte) b;
  }

  /** Puts a part of an array. */
  public void put(byte[] from, int start, int end) {
    int length = end - start;
    if (bytes.length - size < length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + length, size * 2));
    }
    System.arraycopy(from, start, bytes, size, length);
    size += length;
  }

  /** Puts an array. */
  public void put(byte[] from) {
    put(from, 0, from.length);
  }

  /** Turns the order round of everything from {@code start} on. */
  public void invert(int start) {
    for (int i = start; i < size; i++) {
      bytes[i] = (byte) ~bytes[i];
    }
  }

  /** A copy of what was put. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
