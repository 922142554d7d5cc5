package dev.weir.graph.compact;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the lists of an {@link Adjacency}. Of a spilled one it holds a stretch in memory;
 * whoever takes vertices in ascending order reads each stretch once. Confined to one thread.
 */
public final class AdjacencyReader {

  /** Entries of a stretch, if no single list is longer. */
  private static final int STRETCH = 1 << 12;

  /** Entries that are read where the vertex before was not the last one of the stretch. */
  private static final int JUMP = 1 << 9;

  private final int[] offsets;
  private final Adjacency.@Nullable Spilled spilled;
  private final int[] targets;
  private final double @Nullable [] weights;
  private final @Nullable ByteBuffer buffer;

  /** Entries that the stretch holds: from the first up to before the second. */
  private int start;

  private int end;

  /** A reader. */
  public AdjacencyReader(Adjacency adjacency) {
    offsets = adjacency.offsets();
    spilled = adjacency.spilled();
    if (spilled == null) {
      targets = adjacency.targets();
      weights = adjacency.weights();
      buffer = null;
    } else {
      int stretch = stretch(adjacency);
      targets = new int[stretch];
      weights = spilled.weightsAt() < 0 ? null : new double[stretch];
      buffer = SpillFile.buffer();
    }
  }

  private static int stretch(Adjacency adjacency) {
    return Math.max(STRETCH, adjacency.greatestDegree());
  }

  /** Memory that a reader of a spilled one takes. */
  static long bytes(Adjacency adjacency, Adjacency.Spilled spilled) {
    long entry = spilled.weightsAt() < 0 ? 4 : 12;
    return stretch(adjacency) * entry + SpillFile.BUFFER;
  }

  /**
   * Makes a vertex's list available in {@link #targets} and {@link #weights}, up to the next call.
   *
   * @return where it begins there
   */
  public int load(int place) {
    int from = offsets[place];
    if (spilled == null) {
      return from;
    }
    int to = offsets[place + 1];
    if (from < start || to > end) {
      fetch(spilled, from, to);
    }
    return from - start;
  }

  private void fetch(Adjacency.Spilled from, int first, int last) {
    boolean goesOn = first >= start && first <= end;
    int most = goesOn ? targets.length : Math.max(JUMP, last - first);
    int count = Math.min(most, offsets[offsets.length - 1] - first);
    // Nothing is held while the stretch is half read.
    start = first;
    end = first;
    ByteBuffer through = buffer == null ? SpillFile.buffer() : buffer;
    from.file().read(from.targetsAt() + 4L * first, through, targets, count);
    if (weights != null) {
      from.file().read(from.weightsAt() + 8L * first, through, weights, count);
    }
    end = first + count;
  }

  /** How many edges a vertex has. */
  public int degree(int place) {
    return offsets[place + 1] - offsets[place];
  }

  /** Numbers of vertices; the same array always. */
  public int[] targets() {
    return targets;
  }

  /** One for each target; null if edges have none. */
  public double @Nullable [] weights() {
    return weights;
  }
}
