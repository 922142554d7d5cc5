package dev.weir.graph.engine;

/**
 * Reads the blocks of a frame that {@link BlockWriter} has written, one after the other. Confined
 * to one thread.
 */
final class Block {

  private final long[] words = new long[Long.SIZE];
  private int number;
  private long bits;

  /** Begins a frame. */
  void restart() {
    number = 0;
  }

  /**
   * Reads the next block.
   *
   * @param fixed whether words are 8 bytes each
   */
  void read(FrameReader frame, boolean fixed) {
    number += (int) frame.varint();
    int count = frame.next();
    bits = which(frame, count);
    if (fixed) {
      frame.fixed(words, count);
      return;
    }
    int width = frame.next();
    long base = frame.signed();
    frame.unsigned(words, count, width);
    for (int i = 0; i < count; i++) {
      words[i] += base;
    }
  }

  private static long which(FrameReader frame, int count) {
    if (count == Long.SIZE) {
      return -1L;
    }
    if (count >= BlockWriter.FEW) {
      return frame.fixed();
    }
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= 1L << frame.next();
    }
    return bits;
  }

  /** Its vertices are those with places from 64 times this on. */
  int number() {
    return number;
  }

  /** A bit for each vertex that got something. */
  long bits() {
    return bits;
  }

  /** The words, by ascending vertex; as many as bits are set. Changed by the next read. */
  long[] words() {
    return words;
  }
}
