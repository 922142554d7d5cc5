package dev.weir.graph.compact;

import dev.weir.graph.GraphFacts;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A graph in memory, divided into shards; its lists of edges may be in a file. Immutable, safe from
 * any thread.
 */
public final class CompactGraph implements AutoCloseable {

  private final GraphFacts facts;
  private final List<ShardGraph> shards;
  private final LongIndex numbers;
  private final int[] firsts;

  /** Where lists are that do not fit into memory: none or one. */
  private final List<SpillFile> files;

  CompactGraph(
      GraphFacts facts, List<ShardGraph> shards, LongIndex numbers, List<SpillFile> files) {
    this.files = List.copyOf(files);
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

  /** All of it, to be computed in this process. */
  public GraphPart whole() {
    return part(IntStream.range(0, shards.size()).boxed().toList());
  }

  /**
   * What is to be computed here.
   *
   * @param numbersOfShards at least one; the rest is computed elsewhere
   */
  public GraphPart part(Collection<Integer> numbersOfShards) {
    SortedMap<Integer, ShardGraph> here = new TreeMap<>();
    numbersOfShards.forEach(shard -> here.put(shard, shards.get(shard)));
    int[] starts = Arrays.copyOf(firsts, firsts.length + 1);
    starts[firsts.length] = Math.toIntExact(facts.vertices());
    long size = numbers.bytes() + here.values().stream().mapToLong(ShardGraph::bytes).sum();
    return new GraphPart(facts, starts, here, size);
  }

  /** Bytes of its arrays. */
  public long bytes() {
    return numbers.bytes() + shards.stream().mapToLong(ShardGraph::bytes).sum();
  }

  /** Bytes in a file, because they did not fit into memory. */
  public long spilledBytes() {
    return files.stream().mapToLong(SpillFile::length).sum();
  }

  /** Gives back the file, if there is one; runs that still need it fail. */
  @Override
  public void close() {
    files.forEach(SpillFile::close);
  }
}
