package dev.weir.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages come out of frames as they went into the place where they are combined. */
final class BlockTest {

  private static final int SHARDS = 5;

  /** How many of the vertices get something, one in so many; and how large words are, in bits. */
  private record Load(int seed, int oneIn, int bits) {}

  static Stream<Load> loads() {
    List<Load> loads = new ArrayList<>();
    int seed = 0;
    for (int oneIn : new int[] {1, 2, 7, 40, 5_000}) {
      for (int bits : new int[] {0, 1, 8, 9, 16, 17, 32, 33, 63, 64}) {
        loads.add(new Load(seed++, oneIn, bits));
      }
    }
    return loads.stream();
  }

  @ParameterizedTest
  @MethodSource("loads")
  void whatWasAddedArrivesAtItsShard(Load load) {
    Random random = new Random(load.seed());
    int[] firsts = new int[SHARDS + 1];
    for (int shard = 0; shard < SHARDS; shard++) {
      // Sizes around blocks, also none at all.
      firsts[shard + 1] = firsts[shard] + 64 * random.nextInt(4) + random.nextInt(3);
    }
    int vertices = firsts[SHARDS];
    for (WordCombine combine : WordCombine.values()) {
      Scatter scatter = new Scatter(combine, vertices);
      long[] expected = new long[vertices];
      boolean[] sent = new boolean[vertices];
      long base = random.nextLong();
      for (int vertex = 0; vertex < vertices; vertex++) {
        expected[vertex] = combine.identity();
        if (random.nextInt(load.oneIn()) == 0) {
          long word = word(random, load.bits(), base, combine);
          scatter.add(vertex, word);
          expected[vertex] = combine.apply(combine.identity(), word);
          sent[vertex] = true;
        }
      }
      for (int shard = 0; shard < SHARDS; shard++) {
        long[] arrived = new long[firsts[shard + 1] - firsts[shard] + Long.SIZE];
        boolean[] got = new boolean[arrived.length];
        for (byte[] frame : drained(scatter, firsts, shard)) {
          read(frame, combine, arrived, got);
        }
        for (int vertex = firsts[shard]; vertex < firsts[shard + 1]; vertex++) {
          int place = vertex - firsts[shard];
          assertThat(got[place]).as("%s, vertex %d", combine, vertex).isEqualTo(sent[vertex]);
          assertThat(got[place] ? arrived[place] : expected[vertex])
              .as("%s, vertex %d", combine, vertex)
              .isEqualTo(expected[vertex]);
        }
      }
      scatter.clear();
      for (int shard = 0; shard < SHARDS; shard++) {
        assertThat(drained(scatter, firsts, shard)).isEmpty();
      }
    }
  }

  private static long word(Random random, int bits, long base, WordCombine combine) {
    if (combine.isDouble()) {
      return WordCombine.bits(random.nextGaussian());
    }
    long noise = bits == 0 ? 0 : random.nextLong() >>> (Long.SIZE - bits);
    return bits == Long.SIZE ? noise : base + noise;
  }

  private static List<byte[]> drained(Scatter scatter, int[] firsts, int shard) {
    List<byte[]> frames = new ArrayList<>();
    int size = firsts[shard + 1] - firsts[shard];
    int block = 0;
    while (block << 6 < size) {
      scatter.writer().begin(new FrameHeader(9, 200, 0, 1));
      block = scatter.drain(firsts[shard], size, block);
      scatter.writer().finish((frame, entries) -> frames.add(frame));
    }
    return frames;
  }

  private static void read(byte[] frame, WordCombine combine, long[] arrived, boolean[] got) {
    FrameReader reader = new FrameReader(frame);
    assertThat(FrameHeader.read(reader)).isEqualTo(new FrameHeader(9, 200, 0, 1));
    Block block = new Block();
    block.restart();
    while (reader.hasMore()) {
      block.read(reader, combine.isDouble());
      int i = 0;
      for (long rest = block.bits(); rest != 0; rest &= rest - 1) {
        int place = (block.number() << 6) + Long.numberOfTrailingZeros(rest);
        arrived[place] = block.words()[i++];
        assertThat(got[place]).isFalse();
        got[place] = true;
      }
    }
  }

  /** Few messages are marked one by one, many are not; zeros are messages like others. */
  @ParameterizedTest
  @ValueSource(ints = {1, 20, 2_000})
  void sumsOfDoublesArriveHoweverManyThereAre(int messages) {
    int vertices = 700;
    int[] firsts = {0, 100, 100, 421, 600, vertices};
    Random random = new Random(messages);
    Scatter scatter = new Scatter(WordCombine.DOUBLE_SUM, vertices);
    for (int round = 0; round < 3; round++) {
      double[] sums = new double[vertices];
      boolean[] sent = new boolean[vertices];
      for (int i = 0; i < messages; i++) {
        int[] targets = random.ints(random.nextInt(4), 0, vertices).toArray();
        double[] values = {0.0, -0.0, 1, -1, random.nextGaussian()};
        double value = values[random.nextInt(values.length)];
        if (random.nextInt(5) == 0) {
          Arrays.stream(targets).forEach(at -> scatter.add(at, WordCombine.bits(value)));
        } else {
          scatter.addAll(targets, 0, targets.length, WordCombine.bits(value));
        }
        for (int target : targets) {
          sums[target] += value;
          sent[target] = true;
        }
      }
      for (int shard = 0; shard < SHARDS; shard++) {
        long[] arrived = new long[vertices];
        boolean[] got = new boolean[vertices];
        for (byte[] frame : drained(scatter, firsts, shard)) {
          read(frame, WordCombine.DOUBLE_SUM, arrived, got);
        }
        for (int vertex = firsts[shard]; vertex < firsts[shard + 1]; vertex++) {
          int place = vertex - firsts[shard];
          assertThat(got[place]).isEqualTo(sent[vertex]);
          assertThat(arrived[place]).isEqualTo(WordCombine.bits(sums[vertex]));
        }
      }
      scatter.clear();
    }
  }

  @Test
  void aFrameIsClosedOnceItIsFull() {
    int vertices = 200_000;
    Scatter scatter = new Scatter(WordCombine.DOUBLE_SUM, vertices);
    for (int vertex = 0; vertex < vertices; vertex++) {
      scatter.add(vertex, WordCombine.bits(vertex));
    }
    List<byte[]> frames = drained(scatter, new int[] {0, vertices}, 0);
    assertThat(frames).hasSize(4);
    assertThat(frames).allSatisfy(f -> assertThat(f.length).isLessThan(FrameWriter.FULL + 600));
  }

  @Test
  void combiningBlocksIsCombiningWords() {
    Random random = new Random(3);
    for (WordCombine combine : WordCombine.values()) {
      long[] once = random.longs(Long.SIZE * 2, -9, 9).map(w -> word(w, combine)).toArray();
      long[] words = random.longs(Long.SIZE, -9, 9).map(w -> word(w, combine)).toArray();
      long[] expected = once.clone();
      long bits = random.nextLong();
      int i = 0;
      for (int at = 0; at < Long.SIZE; at++) {
        if ((bits & (1L << at)) != 0) {
          expected[Long.SIZE + at] = combine.apply(expected[Long.SIZE + at], words[i++]);
        }
      }
      combine.applyAll(once, Long.SIZE, bits, words);
      assertThat(once).as(combine.name()).isEqualTo(expected);
    }
  }

  private static long word(long small, WordCombine combine) {
    return combine.isDouble() ? WordCombine.bits((double) small) : small;
  }
}
