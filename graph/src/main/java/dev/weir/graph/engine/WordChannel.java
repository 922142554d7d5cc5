package dev.weir.graph.engine;

import dev.weir.graph.Direction;
import dev.weir.graph.compact.AdjacencyReader;
import dev.weir.graph.compact.ChunkReader;
import dev.weir.graph.compact.ChunkWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Combined messages, as words. Confined to the thread that computes the shard. */
final class WordChannel implements Channel {

  /** Above this share of a shard's vertices, clearing all is quicker than one by one: 1 / 8. */
  private static final int DENSE = 8;

  private final int number;
  private final ShardPlace place;
  private final WordCombine combine;
  private final ScatterPool pool;
  private final long[] words;
  private final long[] present;
  private final Block block = new Block();
  private int received;
  private @Nullable Scatter scatter;
  private @Nullable Outbox outbox;

  /**
   * A channel.
   *
   * @param number its place among the program's channels
   */
  WordChannel(int number, ShardPlace place, WordCombine combine, ScatterPool pool) {
    this.number = number;
    this.place = place;
    this.combine = combine;
    this.pool = pool;
    this.words = new long[place.size()];
    this.present = new long[(place.size() >>> 6) + 1];
    Arrays.fill(words, combine.identity());
  }

  static long bytes(int size) {
    return 8L * size + size / 8;
  }

  boolean has(int at) {
    return (present[at >>> 6] & (1L << at)) != 0;
  }

  long word(int at) {
    return words[at];
  }

  void send(int target, long word) {
    scatter().add(target, word);
  }

  void sendAll(ShardVertex from, Direction direction, long word) {
    AdjacencyReader out = from.outOf(direction);
    if (out != null) {
      sendAll(out, from.place(), word);
    }
    AdjacencyReader in = from.inOf(direction);
    if (in != null) {
      sendAll(in, from.place(), word);
    }
  }

  private void sendAll(AdjacencyReader edges, int at, long word) {
    int first = edges.load(at);
    scatter().addAll(edges.targets(), first, first + edges.degree(at), word);
  }

  void sendAllPlusWeight(ShardVertex from, Direction direction, double value) {
    AdjacencyReader out = from.outOf(direction);
    if (out != null) {
      sendAllPlusWeight(out, from.place(), value);
    }
    AdjacencyReader in = from.inOf(direction);
    if (in != null) {
      sendAllPlusWeight(in, from.place(), value);
    }
  }

  private void sendAllPlusWeight(AdjacencyReader edges, int at, double value) {
    double[] weights = edges.weights();
    if (weights == null) {
      sendAll(edges, at, WordCombine.bits(value + 1));
      return;
    }
    int first = edges.load(at);
    scatter().addPlusWeights(edges.targets(), weights, first, first + edges.degree(at), value);
  }

  private Scatter scatter() {
    Scatter lent = scatter;
    if (lent == null) {
      lent = pool.lend();
      scatter = lent;
    }
    return lent;
  }

  @Override
  public void begin(Outbox newOutbox) {
    outbox = newOutbox;
  }

  @Override
  public void clear() {
    if (received > words.length / DENSE) {
      Arrays.fill(words, combine.identity());
      Arrays.fill(present, 0);
    } else if (received > 0) {
      clearOneByOne();
    }
    received = 0;
  }

  private void clearOneByOne() {
    for (int block = 0; block < present.length; block++) {
      long bits = present[block];
      present[block] = 0;
      while (bits != 0) {
        words[(block << 6) + Long.numberOfTrailingZeros(bits)] = combine.identity();
        bits &= bits - 1;
      }
    }
  }

  @Override
  public void take(int source, FrameReader frame) {
    boolean fixed = combine.isDouble();
    block.restart();
    while (frame.hasMore()) {
      block.read(frame, fixed);
      combine.applyAll(words, block.number() << 6, block.bits(), block.words());
      present[block.number()] |= block.bits();
      received += Long.bitCount(block.bits());
    }
  }

  @Override
  public void save(ChunkWriter out) {
    out.longs(present);
    for (int block = 0; block < present.length; block++) {
      for (long bits = present[block]; bits != 0; bits &= bits - 1) {
        out.fixed(words[(block << 6) + Long.numberOfTrailingZeros(bits)]);
      }
    }
  }

  @Override
  public void restore(ChunkReader in) {
    in.longs(present);
    for (int block = 0; block < present.length; block++) {
      for (long bits = present[block]; bits != 0; bits &= bits - 1) {
        words[(block << 6) + Long.numberOfTrailingZeros(bits)] = in.fixed();
        received++;
      }
    }
  }

  @Override
  public long arrived(int block) {
    return present[block];
  }

  @Override
  public void end() {
    Scatter lent = scatter;
    if (lent == null || outbox == null) {
      return;
    }
    int[] firsts = place.firsts();
    for (int target = 0; target < place.shards(); target++) {
      drain(lent, target, firsts[target], firsts[target + 1] - firsts[target], outbox);
    }
    lent.clear();
    scatter = null;
    pool.giveBack(lent);
  }

  private void drain(Scatter lent, int target, int first, int size, Outbox to) {
    BlockWriter writer = lent.writer();
    int block = 0;
    while (block << 6 < size) {
      writer.begin(to.header(number));
      block = lent.drain(first, size, block);
      writer.finish((frame, entries) -> to.send(number, target, frame, entries));
    }
  }
}
