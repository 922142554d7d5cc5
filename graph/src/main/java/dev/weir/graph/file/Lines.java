package dev.weir.graph.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A file line by line, as bytes, without making anything of each line. Not thread-safe. */
final class Lines implements AutoCloseable {

  private static final int FIRST = 1 << 16;

  private final InputStream in;
  private byte[] buffer = new byte[FIRST];
  private int filled;
  private int next;
  private int start;
  private int end;
  private long number;

  /** Lines of a stream, which is closed with this. */
  Lines(InputStream in) {
    this.in = in;
  }

  /** Moves to the next line that holds anything but spaces; false at the end. */
  boolean next() throws IOException {
    while (nextOfAnyKind()) {
      for (int at = start; at < end; at++) {
        if (buffer[at] > ' ' || buffer[at] < 0) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean nextOfAnyKind() throws IOException {
    int at = next;
    while (true) {
      while (at < filled) {
        if (buffer[at++] == '\n') {
          take(at, at - 1);
          return true;
        }
      }
      int scanned = at - next;
      if (!fill()) {
        take(filled, filled);
        return end > start || scanned > 0;
      }
      at = next + scanned;
    }
  }

  private void take(int after, int newEnd) {
    start = next;
    end = newEnd > start && buffer[newEnd - 1] == '\r' ? newEnd - 1 : newEnd;
    next = after;
    number++;
  }

  /** Reads more behind what is not taken yet; false at the end of the stream. */
  private boolean fill() throws IOException {
    int rest = filled - next;
    if (rest == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    System.arraycopy(buffer, next, buffer, 0, rest);
    next = 0;
    filled = rest;
    int more = in.read(buffer, filled, buffer.length - filled);
    filled += Math.max(0, more);
    return more > 0;
  }

  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** Of the line, from 1; lines that hold nothing count too. */
  long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
