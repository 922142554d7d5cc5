package dev.weir.graph.compact;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Writes numbers and bytes one after the other, in chunks that fit into a record each. Not
 * thread-safe.
 */
public final class ChunkWriter {

  /** Most bytes of a chunk. */
  public static final int CHUNK = 512 * 1024;

  private static final int MOST_OF_A_NUMBER = 10;

  private final Consumer<byte[]> full;
  private ByteBuffer chunk = ByteBuffer.allocate(CHUNK);

  /**
   * A writer.
   *
   * @param full takes chunks that are full, and the last one; they are given away
   */
  public ChunkWriter(Consumer<byte[]> full) {
    this.full = full;
  }

  private void ensure(int bytes) {
    if (chunk.remaining() < bytes) {
      closeChunk();
      chunk = ByteBuffer.allocate(CHUNK);
    }
  }

  private void closeChunk() {
    if (chunk.position() == CHUNK) {
      full.accept(chunk.array());
    } else if (chunk.position() > 0) {
      full.accept(Arrays.copyOf(chunk.array(), chunk.position()));
    }
  }

  /** Writes 8 bytes. */
  public void fixed(long word) {
    ensure(Long.BYTES);
    chunk.putLong(word);
  }

  /** Writes 8 bytes for each. */
  public void longs(long[] words) {
    for (long word : words) {
      fixed(word);
    }
  }

  /** Writes a number of at least 0 in as few bytes as it needs; any other takes 10. */
  public void number(long number) {
    ensure(MOST_OF_A_NUMBER);
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      chunk.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    chunk.put((byte) rest);
  }

  /** Writes a number in as few bytes as its distance from 0 needs. */
  public void signed(long number) {
    number((number << 1) ^ (number >> 63));
  }

  /** Writes bytes, and before them how many they are. */
  public void bytes(byte[] bytes) {
    number(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      ensure(1);
      int part = Math.min(chunk.remaining(), bytes.length - at);
      chunk.put(bytes, at, part);
      at += part;
    }
  }

  /** Hands over what is left; nothing can be written any more. */
  public void end() {
    closeChunk();
    chunk = ByteBuffer.allocate(0);
  }
}
