package dev.weir.graph.compact;

import org.jspecify.annotations.Nullable;

/**
 * For each vertex of a shard the vertices at the other ends of its edges: all lists one after the
 * other, in one array, or in a file if they do not fit into memory. Immutable by convention: the
 * arrays are shared and must not be changed. An {@link AdjacencyReader} reads both kinds.
 */
public final class Adjacency {

  private final int[] offsets;
  private final int @Nullable [] targets;
  private final double @Nullable [] weights;
  private final @Nullable Spilled spilled;

  /**
   * Where the entries of a spilled one are.
   *
   * @param weightsAt where weights begin; below 0 if edges have none
   */
  record Spilled(SpillFile file, long targetsAt, long weightsAt) {}

  /**
   * Lists in memory.
   *
   * @param offsets where each vertex's list starts; one more than there are vertices
   * @param targets numbers of vertices, ascending within a list
   * @param weights one for each target; null if edges have none
   */
  public Adjacency(int[] offsets, int[] targets, double @Nullable [] weights) {
    this.offsets = offsets;
    this.targets = targets;
    this.weights = weights;
    this.spilled = null;
  }

  private Adjacency(int[] offsets, Spilled spilled) {
    this.offsets = offsets;
    this.targets = null;
    this.weights = null;
    this.spilled = spilled;
  }

  /** The same lists in a file. */
  Adjacency spillTo(SpillFile file) {
    int[] all = targets();
    double[] ofAll = weights;
    long targetsAt = file.append(all, 0, all.length);
    long weightsAt = ofAll == null ? -1 : file.append(ofAll, 0, ofAll.length);
    return new Adjacency(offsets, new Spilled(file, targetsAt, weightsAt));
  }

  /** Where each vertex's list starts; one more than there are vertices. */
  public int[] offsets() {
    return offsets;
  }

  /**
   * Numbers of vertices, ascending within a list.
   *
   * @throws IllegalStateException if they are in a file
   */
  public int[] targets() {
    if (targets == null) {
      throw new IllegalStateException("these lists are in a file");
    }
    return targets;
  }

  /** One for each target; null if edges have none, or in a file. */
  public double @Nullable [] weights() {
    return weights;
  }

  @Nullable Spilled spilled() {
    return spilled;
  }

  /** Whether the lists are in a file. */
  public boolean isSpilled() {
    return spilled != null;
  }

  /** How many edges a vertex has. */
  public int degree(int place) {
    return offsets[place + 1] - offsets[place];
  }

  /** The most edges that a vertex has. */
  int greatestDegree() {
    int greatest = 0;
    for (int place = 0; place < offsets.length - 1; place++) {
      greatest = Math.max(greatest, degree(place));
    }
    return greatest;
  }

  /** Bytes of memory, for a spilled one with those of a reader. */
  public long bytes() {
    long own = 4L * offsets.length;
    if (spilled != null) {
      return own + AdjacencyReader.bytes(this, spilled);
    }
    return own + 4L * targets().length + (weights == null ? 0 : 8L * weights.length);
  }
}
