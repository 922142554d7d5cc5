package dev.weir.graph.compact;

import dev.weir.graph.GraphFacts;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.ShardMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a graph in memory: first all vertices, then all edges. Vertices are divided over shards as
 * the store divides documents with keys of type long. The same vertices and edges give the same
 * graph, in whatever order they come. Not thread-safe; used once.
 */
public final class GraphBuilder {

  private static final int EXPECTED = 1024;

  private final ShardMap shardMap;
  private final boolean directed;
  private final boolean weighted;
  private @Nullable Spilling spilling;
  private @Nullable SpillFile file;
  private @Nullable EdgeArrays edges;
  private boolean built;
  private LongIndex vertices = new LongIndex(EXPECTED);
  private int[] firsts = new int[0];

  /** What came of adding an edge. */
  public enum Added {
    /** It is there. */
    YES,

    /** There is no vertex where it starts. */
    NO_SUCH_SOURCE,

    /** There is no vertex where it ends. */
    NO_SUCH_TARGET
  }

  /**
   * Starts a graph.
   *
   * @param shards how many, at least 1
   * @param weighted whether weights of edges are kept
   */
  public GraphBuilder(int shards, boolean directed, boolean weighted) {
    this.shardMap = new ShardMap(shards);
    this.directed = directed;
    this.weighted = weighted;
  }

  /** Lets the graph be larger than memory. To be called before the first edge. */
  public GraphBuilder spillTo(Spilling where) {
    if (edges != null) {
      throw new IllegalStateException("where to spill to is said before the first edge");
    }
    spilling = where;
    return this;
  }

  private EdgeArrays edges() {
    EdgeArrays known = edges;
    if (known == null) {
      Spilling where = spilling;
      file = where == null ? null : new SpillFile(where.directory());
      known = new EdgeArrays(weighted, file, where == null ? 0 : where.mostBytes() / 2);
      edges = known;
    }
    return known;
  }

  /** Adds a vertex; false if there is one with this id already. Not after the first edge. */
  public boolean vertex(long id) {
    if (firsts.length > 0) {
      throw new IllegalStateException("vertices come before edges");
    }
    return vertices.add(id);
  }

  /**
   * Adds an edge. Parallel edges and self-loops are kept.
   *
   * @param weight finite; ignored if the graph is not weighted
   */
  public Added edge(long from, long to, double weight) {
    if (!Double.isFinite(weight)) {
      throw new IllegalArgumentException("a weight is finite, not " + weight);
    }
    number();
    int source = vertices.find(from);
    if (source < 0) {
      return Added.NO_SUCH_SOURCE;
    }
    int target = vertices.find(to);
    if (target < 0) {
      return Added.NO_SUCH_TARGET;
    }
    edges().add(source, target, weight);
    return Added.YES;
  }

  /** Gives vertices their final numbers: by shard, within a shard by id. */
  private void number() {
    if (firsts.length > 0) {
      return;
    }
    int shards = shardMap.shards();
    int count = vertices.size();
    int[] shardOf = new int[count];
    int[] starts = new int[shards + 1];
    KeyCodec keys = KeyCodec.of(KeyType.Scalar.LONG);
    for (int i = 0; i < count; i++) {
      shardOf[i] = shardOf(keys, vertices.value(i));
      starts[shardOf[i] + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    long[] ordered = new long[count];
    int[] next = Arrays.copyOf(starts, shards);
    for (int i = 0; i < count; i++) {
      ordered[next[shardOf[i]]++] = vertices.value(i);
    }
    LongIndex numbered = new LongIndex(count);
    for (int shard = 0; shard < shards; shard++) {
      Arrays.sort(ordered, starts[shard], starts[shard + 1]);
    }
    for (long id : ordered) {
      numbered.add(id);
    }
    vertices = numbered;
    firsts = starts;
  }

  private int shardOf(KeyCodec keys, long id) {
    try {
      return shardMap.shardOf(keys.encode(id));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("every long is a key", e);
    }
  }

  /**
   * The graph.
   *
   * @param inEdges whether edges of a directed graph can be followed against their direction
   */
  public CompactGraph build(boolean inEdges) {
    if (built) {
      throw new IllegalStateException("a builder makes one graph; its edges are gone");
    }
    built = true;
    number();
    EdgeArrays all = edges();
    AdjacencyBuilder lists = new AdjacencyBuilder(all, firsts, weighted);
    AdjacencyBuilder.Sides sides;
    List<SpillFile> files = List.of();
    Spilling where = spilling;
    SpillFile opened = file;
    if (where == null || opened == null) {
      sides = lists.inMemory(!directed, inEdges);
    } else if (lists.bytes(inEdges || !directed) <= where.mostBytes()) {
      sides = lists.inMemory(!directed, inEdges);
      opened.close();
    } else {
      sides = lists.inFile(!directed, inEdges, opened, where.mostBytes() / 2);
      files = List.of(opened);
    }
    List<ShardGraph> shards = new ArrayList<>();
    for (int shard = 0; shard < shardMap.shards(); shard++) {
      long[] ids = Arrays.copyOfRange(vertices.values(), firsts[shard], firsts[shard + 1]);
      Adjacency in = inEdges || !directed ? sides.in().get(shard) : null;
      shards.add(new ShardGraph(firsts[shard], ids, sides.out().get(shard), in));
    }
    GraphFacts facts =
        new GraphFacts(
            vertices.size(),
            all.size(),
            directed,
            weighted,
            all.lowestWeight(),
            inEdges || !directed);
    return new CompactGraph(facts, shards, vertices, files);
  }
}
