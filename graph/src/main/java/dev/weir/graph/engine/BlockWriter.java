package dev.weir.graph.engine;

import java.util.Arrays;

/**
 * Packs combined messages of one channel for one shard into frames, 64 vertices at a time, because
 * a loop over 64 words costs less than 64 entries with headers of their own. Used for one shard
 * after the other; its buffer stays. Confined to one thread.
 *
 * <p>After the {@link FrameHeader} a frame holds blocks up to its end. A block is: its number less
 * that of the block before (varint); how many of its vertices got something (a byte, 1 to 64);
 * which ones, as a byte each if they are fewer than 8, as a bitmap if they are more, nothing if all
 * did; and their words by ascending vertex. Doubles are 8 bytes each. Longs are differences from
 * the least one: the bytes of a difference (0, 1, 2, 4 or 8), the least one (zigzag varint; 0 if
 * differences have 8 bytes), the differences.
 */
final class BlockWriter {

  /** From so many on, a bitmap is not longer than positions. */
  static final int FEW = 8;

  private static final int FIRST = 4096;
  private static final int MOST_OF_A_BLOCK = 2 * Varint.MOST + 2 + (Long.SIZE + 1) * Long.BYTES;

  /** Takes frames; the array is given away. */
  interface Sink {
    void accept(byte[] frame, int entries);
  }

  /** About what its buffer comes to, if so many vertices get something. */
  static long bytes(int vertices) {
    return Math.min(2L * FrameWriter.FULL, 9L * vertices);
  }

  private byte[] bytes = new byte[FIRST];
  private int length;
  private int previous;
  private int entries;

  /** Adds the words of a block: those of {@code words} from a place on whose bits are set. */
  void block(int block, long bits, long[] words, int from, boolean fixed) {
    if (bytes.length - length < MOST_OF_A_BLOCK + FrameHeader.MOST) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    length = Varint.write(bytes, length, block - previous);
    previous = block;
    int count = Long.bitCount(bits);
    bytes[length++] = (byte) count;
    which(bits, count);
    if (fixed) {
      fixed(bits, words, from);
    } else {
      packed(bits, words, from);
    }
    entries += count;
  }

  private void which(long bits, int count) {
    if (count == Long.SIZE) {
      return;
    }
    if (count >= FEW) {
      FrameWriter.WORDS.set(bytes, length, bits);
      length += Long.BYTES;
      return;
    }
    for (long rest = bits; rest != 0; rest &= rest - 1) {
      bytes[length++] = (byte) Long.numberOfTrailingZeros(rest);
    }
  }

  private void fixed(long bits, long[] words, int from) {
    byte[] into = bytes;
    int at = length;
    if (bits == -1L) {
      for (int i = 0; i < Long.SIZE; i++) {
        FrameWriter.WORDS.set(into, at + i * Long.BYTES, words[from + i]);
      }
      length = at + Long.SIZE * Long.BYTES;
      return;
    }
    for (long rest = bits; rest != 0; rest &= rest - 1) {
      FrameWriter.WORDS.set(into, at, words[from + Long.numberOfTrailingZeros(rest)]);
      at += Long.BYTES;
    }
    length = at;
  }

  private void packed(long bits, long[] words, int from) {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (long rest = bits; rest != 0; rest &= rest - 1) {
      long word = words[from + Long.numberOfTrailingZeros(rest)];
      least = Math.min(least, word);
      greatest = Math.max(greatest, word);
    }
    int width = width(greatest - least);
    long base = width == Long.BYTES ? 0 : least;
    bytes[length++] = (byte) width;
    length = Varint.write(bytes, length, (base << 1) ^ (base >> 63));
    if (width == 0) {
      return;
    }
    byte[] into = bytes;
    int at = length;
    for (long rest = bits; rest != 0; rest &= rest - 1) {
      long difference = words[from + Long.numberOfTrailingZeros(rest)] - base;
      // Writes more than it needs; what comes next overwrites it.
      FrameWriter.WORDS.set(into, at, difference);
      at += width;
    }
    length = at;
  }

  /** Bytes that a difference up to the given one needs; one that has overflowed is below 0. */
  private static int width(long spread) {
    if (spread == 0) {
      return 0;
    }
    int needed = Long.SIZE - Long.numberOfLeadingZeros(spread);
    if (needed <= Byte.SIZE) {
      return Byte.BYTES;
    }
    if (needed <= Short.SIZE) {
      return Short.BYTES;
    }
    return needed <= Integer.SIZE ? Integer.BYTES : Long.BYTES;
  }

  /** Begins a frame. */
  void begin(FrameHeader header) {
    length = header.write(bytes);
    previous = 0;
    entries = 0;
  }

  boolean isFull() {
    return length >= FrameWriter.FULL;
  }

  /** Hands over what was added since the frame was begun; nothing if that is nothing. */
  void finish(Sink sink) {
    if (entries > 0) {
      sink.accept(Arrays.copyOf(bytes, length), entries);
    }
  }
}
