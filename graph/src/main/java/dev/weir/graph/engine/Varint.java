package dev.weir.graph.engine;

/** Numbers in as few bytes as they need: seven bits each, the lowest first. */
final class Varint {

  /** The most bytes of a number. */
  static final int MOST = 10;

  private Varint() {}

  /** Writes a number, taken as unsigned, and answers where it ends. */
  static int write(byte[] bytes, int at, long number) {
    long rest = number;
    int end = at;
    while ((rest & ~0x7FL) != 0) {
      bytes[end++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[end++] = (byte) rest;
    return end;
  }
}
