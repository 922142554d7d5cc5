package dev.weir.graph.compact;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Edges in the order in which they came, by numbers of vertices; the first ones in memory, the rest
 * in a file if it is said where. Not thread-safe.
 */
final class EdgeArrays {

  /** The most entries of adjacency: they are numbered with ints. */
  static final int MOST = 1 << 30;

  private static final int FIRST = 1024;
  private static final int CHUNK = 1 << 16;

  /** Some edges, the first so many of each array. */
  private record Chunk(int[] from, int[] to, double @Nullable [] weights) {
    static Chunk of(int length, boolean weighted) {
      return new Chunk(new int[length], new int[length], weighted ? new double[length] : null);
    }

    Chunk twice() {
      int length = from.length * 2;
      return new Chunk(
          Arrays.copyOf(from, length),
          Arrays.copyOf(to, length),
          weights == null ? null : Arrays.copyOf(weights, length));
    }
  }

  /** Sees edges, some at a time; the arrays are read again for the next ones. */
  interface Visitor {
    void visit(int[] from, int[] to, double @Nullable [] weights, int size);
  }

  private final boolean weighted;
  private final @Nullable SpillFile file;
  private final long mostBytes;

  /** Full chunks in memory, and after them chunks in the file by where they begin. */
  private final List<Chunk> chunks = new ArrayList<>();

  private final List<Long> inFile = new ArrayList<>();
  private Chunk last;
  private int ofLast;
  private int size;
  private double lowestWeight = Double.POSITIVE_INFINITY;

  /**
   * No edges yet.
   *
   * @param file takes what does not fit; null to keep all in memory
   * @param mostBytes of memory, if there is a file
   */
  EdgeArrays(boolean weighted, @Nullable SpillFile file, long mostBytes) {
    this.weighted = weighted;
    this.file = file;
    this.mostBytes = mostBytes;
    this.last = Chunk.of(FIRST, weighted);
  }

  void add(int source, int target, double weight) {
    if (ofLast == last.from().length) {
      grow();
    }
    last.from()[ofLast] = source;
    last.to()[ofLast] = target;
    double[] weights = last.weights();
    if (weights != null) {
      weights[ofLast] = weight;
    }
    lowestWeight = Math.min(lowestWeight, weighted ? weight : 1);
    ofLast++;
    size++;
  }

  private void grow() {
    if (size == MOST) {
      throw new IllegalStateException("a graph in memory has at most " + MOST + " edges");
    }
    if (ofLast < CHUNK) {
      last = last.twice();
      return;
    }
    if (file != null && (chunks.size() + 2L) * CHUNK * bytesOfEdge() > mostBytes) {
      write(file);
    } else {
      chunks.add(last);
      last = Chunk.of(CHUNK, weighted);
    }
    ofLast = 0;
  }

  private void write(SpillFile to) {
    inFile.add(to.append(last.from(), 0, CHUNK));
    to.append(last.to(), 0, CHUNK);
    double[] weights = last.weights();
    if (weights != null) {
      to.append(weights, 0, CHUNK);
    }
  }

  private int bytesOfEdge() {
    return 2 * Integer.BYTES + (weighted ? Double.BYTES : 0);
  }

  /** Shows all edges in the order in which they came. */
  void forEach(Visitor visitor) {
    for (Chunk chunk : chunks) {
      visitor.visit(chunk.from(), chunk.to(), chunk.weights(), CHUNK);
    }
    if (file != null && !inFile.isEmpty()) {
      Chunk chunk = Chunk.of(CHUNK, weighted);
      ByteBuffer buffer = SpillFile.buffer();
      for (long at : inFile) {
        read(file, at, buffer, chunk);
        visitor.visit(chunk.from(), chunk.to(), chunk.weights(), CHUNK);
      }
    }
    visitor.visit(last.from(), last.to(), last.weights(), ofLast);
  }

  private static void read(SpillFile from, long at, ByteBuffer buffer, Chunk into) {
    long ints = (long) CHUNK * Integer.BYTES;
    from.read(at, buffer, into.from(), CHUNK);
    from.read(at + ints, buffer, into.to(), CHUNK);
    double[] weights = into.weights();
    if (weights != null) {
      from.read(at + 2 * ints, buffer, weights, CHUNK);
    }
  }

  /** Forgets all edges, but not how many they were. */
  void clear() {
    chunks.clear();
    inFile.clear();
    last = Chunk.of(0, weighted);
    ofLast = 0;
  }

  int size() {
    return size;
  }

  double lowestWeight() {
    return lowestWeight;
  }
}
