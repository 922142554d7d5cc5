package dev.weir.graph.compact;

import dev.weir.graph.GraphFacts;
import java.util.Arrays;
import java.util.List;

/** A graph in memory, divided into shards. Immutable, safe from any thread. */
public final class CompactGraph {

  private final GraphFacts facts;
  private final List<ShardGraph> shards;
  private final LongIndex numbers;
  private final int[] firsts;

  CompactGraph(GraphFacts facts, List<ShardGraph> shards, LongIndex numbers) {
    this.facts = facts;
    this.shards = List.copyOf(shards);
    this.numbers = numbers;
    this.firsts = shards.stream().mapToInt(ShardGraph::first).toArray();
  }

  /** What is known of it as a whole. */
  public GraphFacts facts() {
    return facts;
  }

  /** Its shards, at least one; some may hold no vertex. */
  public List<ShardGraph> shards() {
    return shards;
  }

  /** Whether there is such a vertex. */
  public boolean has(long id) {
    return numbers.find(id) >= 0;
  }

  /** Number of each shard's first vertex. */
  public int[] firsts() {
    return Arrays.copyOf(firsts, firsts.length);
  }

  /** Bytes of its arrays. */
  public long bytes() {
    return numbers.bytes() + shards.stream().mapToLong(ShardGraph::bytes).sum();
  }
}
