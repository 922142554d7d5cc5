package dev.weir.graph.compact;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;

/** Reads what a {@link ChunkWriter} has written, in the same order. Not thread-safe. */
public final class ChunkReader {

  private final Iterator<byte[]> chunks;
  private ByteBuffer chunk = ByteBuffer.allocate(0);

  /** A reader of all chunks. */
  public ChunkReader(List<byte[]> chunks) {
    this.chunks = chunks.iterator();
  }

  /** A number never lies in two chunks. */
  private void ensure() {
    while (!chunk.hasRemaining()) {
      if (!chunks.hasNext()) {
        throw new IllegalStateException("there is less than was written");
      }
      chunk = ByteBuffer.wrap(chunks.next());
    }
  }

  /** Reads 8 bytes. */
  public long fixed() {
    ensure();
    return chunk.getLong();
  }

  /** Fills an array with 8 bytes each. */
  public void longs(long[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = fixed();
    }
  }

  /** Reads a number of at least 0. */
  public long number() {
    ensure();
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = chunk.get();
      number |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }

  /** Reads a number that may be below 0. */
  public long signed() {
    long number = number();
    return (number >>> 1) ^ -(number & 1);
  }

  /** Reads bytes. */
  public byte[] bytes() {
    byte[] bytes = new byte[Math.toIntExact(number())];
    int at = 0;
    while (at < bytes.length) {
      ensure();
      int part = Math.min(chunk.remaining(), bytes.length - at);
      chunk.get(bytes, at, part);
      at += part;
    }
    return bytes;
  }
}
