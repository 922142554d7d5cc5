package dev.weir.graph.compact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file for arrays that do not fit into memory. Its name is gone as soon as it is open, so nothing
 * is left behind, however the process ends. Read with positions and not mapped: an error is an
 * exception then, and closing gives the space back at once. Written by one thread, read by any.
 */
final class SpillFile implements AutoCloseable {

  /** Bytes that are read or written at once. */
  static final int BUFFER = 1 << 15;

  private final Path directory;
  private final ByteBuffer out = buffer();
  private volatile @Nullable FileChannel channel;
  private long written;

  /** One that is made when something is written to it. */
  SpillFile(Path directory) {
    this.directory = directory;
  }

  private FileChannel open() throws IOException {
    FileChannel opened = channel;
    if (opened == null) {
      Files.createDirectories(directory);
      opened =
          FileChannel.open(
              Files.createTempFile(directory, "weir-graph-", ".spill"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      channel = opened;
    }
    return opened;
  }

  /** Memory of a reader that goes through the file. */
  static ByteBuffer buffer() {
    return ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());
  }

  /** Adds numbers and answers where they begin. */
  long append(int[] numbers, int from, int to) {
    long start = written;
    for (int at = from; at < to; ) {
      int count = Math.min(BUFFER / Integer.BYTES, to - at);
      out.clear();
      out.asIntBuffer().put(numbers, at, count);
      write(count * Integer.BYTES);
      at += count;
    }
    return start;
  }

  /** Adds numbers and answers where they begin. */
  long append(double[] numbers, int from, int to) {
    long start = written;
    for (int at = from; at < to; ) {
      int count = Math.min(BUFFER / Double.BYTES, to - at);
      out.clear();
      out.asDoubleBuffer().put(numbers, at, count);
      write(count * Double.BYTES);
      at += count;
    }
    return start;
  }

  private void write(int bytes) {
    out.limit(bytes);
    try {
      FileChannel to = open();
      while (out.hasRemaining()) {
        written += to.write(out, written);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a graph cannot be spilled to " + directory, e);
    }
  }

  /** Reads numbers that begin at a position. */
  void read(long position, ByteBuffer buffer, int[] into, int size) {
    for (int at = 0; at < size; ) {
      int count = Math.min(BUFFER / Integer.BYTES, size - at);
      fill(position + (long) at * Integer.BYTES, buffer, count * Integer.BYTES);
      buffer.asIntBuffer().get(into, at, count);
      at += count;
    }
  }

  /** Reads numbers that begin at a position. */
  void read(long position, ByteBuffer buffer, double[] into, int size) {
    for (int at = 0; at < size; ) {
      int count = Math.min(BUFFER / Double.BYTES, size - at);
      fill(position + (long) at * Double.BYTES, buffer, count * Double.BYTES);
      buffer.asDoubleBuffer().get(into, at, count);
      at += count;
    }
  }

  private void fill(long position, ByteBuffer buffer, int bytes) {
    buffer.clear().limit(bytes);
    try {
      FileChannel from = open();
      while (buffer.hasRemaining()) {
        if (from.read(buffer, position + buffer.position()) < 0) {
          throw new IOException("it ends before " + (position + bytes));
        }
      }
      buffer.flip();
    } catch (IOException e) {
      throw new UncheckedIOException("a spilled graph cannot be read", e);
    }
  }

  /** Bytes written. */
  long length() {
    return written;
  }

  @Override
  public void close() {
    FileChannel opened = channel;
    try {
      if (opened != null) {
        opened.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a spilled graph cannot be closed", e);
    }
  }
}
