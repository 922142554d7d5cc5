package dev.weir.graph.compact;

import dev.weir.graph.compact.Lists.Owners;
import dev.weir.graph.compact.Lists.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the adjacency of all shards out of edges: of all shards at once, or of as many at a time as
 * memory allows. Not thread-safe.
 */
final class AdjacencyBuilder {

  private final EdgeArrays edges;
  private final int[] firsts;
  private final boolean weighted;

  /**
   * A builder.
   *
   * @param firsts number of each shard's first vertex, and after them the number of vertices
   */
  AdjacencyBuilder(EdgeArrays edges, int[] firsts, boolean weighted) {
    this.edges = edges;
    this.firsts = firsts;
    this.weighted = weighted;
  }

  private int shards() {
    return firsts.length - 1;
  }

  private int vertices() {
    return firsts[shards()];
  }

  private long bytesOfEntry() {
    return weighted ? 12 : 4;
  }

  /**
   * About what the lists take.
   *
   * @param twice whether an edge is in the lists of both its ends
   */
  long bytes(boolean twice) {
    return edges.size() * bytesOfEntry() * (twice ? 2 : 1);
  }

  /** Edges that start at the vertices of each shard, and those that end there. */
  record Sides(List<Adjacency> out, List<Adjacency> in) {}

  /**
   * The adjacency of all shards in memory; edges are forgotten.
   *
   * @param symmetric whether both sides are the same
   * @param inEdges whether those that end at a vertex are needed
   */
  Sides inMemory(boolean symmetric, boolean inEdges) {
    Range range = new Range(0, vertices());
    Lists lists = Lists.byOther(vertices(), edges, weighted, new Owners(true, symmetric), range);
    edges.clear();
    lists = lists.transposed(range);
    List<Adjacency> out = new ArrayList<>();
    add(lists, 0, shards(), null, out);
    List<Adjacency> in = symmetric ? out : new ArrayList<>();
    if (inEdges && !symmetric) {
      add(lists.transposed(range), 0, shards(), null, in);
    }
    return new Sides(out, in);
  }

  /**
   * The adjacency of all shards in a file; edges are forgotten.
   *
   * @param mostBytes of memory that may be taken at a time; a single shard may take more
   */
  Sides inFile(boolean symmetric, boolean inEdges, SpillFile file, long mostBytes) {
    Owners owners = new Owners(true, symmetric);
    List<Adjacency> out = inFile(owners, file, mostBytes);
    List<Adjacency> in = symmetric ? out : List.of();
    if (inEdges && !symmetric) {
      in = inFile(owners.reversed(), file, mostBytes);
    }
    edges.clear();
    return new Sides(out, in);
  }

  private List<Adjacency> inFile(Owners owners, SpillFile file, long mostBytes) {
    int[] degrees = Lists.degrees(vertices(), edges, owners);
    List<Adjacency> all = new ArrayList<>();
    int shard = 0;
    while (shard < shards()) {
      int next = shard + 1;
      long bytes = bytesToSort(degrees, shard);
      while (next < shards() && bytes + bytesToSort(degrees, next) <= mostBytes) {
        bytes += bytesToSort(degrees, next);
        next++;
      }
      Range range = new Range(firsts[shard], firsts[next]);
      Lists lists = Lists.byOther(vertices(), edges, weighted, owners, range).transposed(range);
      add(lists, shard, next, file, all);
      shard = next;
    }
    return all;
  }

  /** What the lists of a shard take while they are sorted: then they are there twice. */
  private long bytesToSort(int[] degrees, int shard) {
    long entries = 0;
    for (int vertex = firsts[shard]; vertex < firsts[shard + 1]; vertex++) {
      entries += degrees[vertex];
    }
    return 2 * entries * bytesOfEntry();
  }

  private void add(Lists lists, int from, int to, @Nullable SpillFile file, List<Adjacency> all) {
    for (int shard = from; shard < to; shard++) {
      Adjacency slice = lists.slice(new Range(firsts[shard], firsts[shard + 1]));
      all.add(file == null ? slice : slice.spillTo(file));
    }
  }
}
