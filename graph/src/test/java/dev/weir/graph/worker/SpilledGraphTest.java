package dev.weir.graph.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.graph.RunOutcome;
import dev.weir.graph.VertexValues;
import dev.weir.graph.algorithms.Algorithms;
import dev.weir.graph.compact.Adjacency;
import dev.weir.graph.compact.AdjacencyReader;
import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.compact.GraphBuilder;
import dev.weir.graph.compact.ShardGraph;
import dev.weir.graph.compact.Spilling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A graph whose edges are in a file gives what it gives in memory. */
final class SpilledGraphTest {

  private static final int VERTICES = 3_000;

  /** So many that not all of them are kept in memory before lists are made of them. */
  private static final int EDGES = 150_000;

  private static final int SHARDS = 5;
  private static final int SECONDS = 60;

  @TempDir private Path directory;

  private static GraphBuilder builder(boolean directed) {
    return new GraphBuilder(SHARDS, directed, true);
  }

  private static CompactGraph graph(GraphBuilder builder) {
    Random random = new Random(5);
    for (int id = 0; id < VERTICES; id++) {
      builder.vertex(id);
    }
    for (int edge = 0; edge < EDGES; edge++) {
      // One vertex has a list that is longer than what is read at once.
      int from = edge % 6 == 0 ? 0 : random.nextInt(VERTICES);
      builder.edge(from, random.nextInt(VERTICES), random.nextDouble());
    }
    return builder.build(true);
  }

  private CompactGraph spilled(boolean directed, long mostBytes) {
    return graph(builder(directed).spillTo(new Spilling(directory, mostBytes)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyAlgorithmGivesTheSameBits(boolean directed) throws IOException {
    CompactGraph inMemory = graph(builder(directed));
    for (long mostBytes : new long[] {0, 1_000_000}) {
      try (CompactGraph inFile = spilled(directed, mostBytes)) {
        assertThat(inFile.spilledBytes()).isGreaterThan(12L * EDGES);
        assertThat(inFile.bytes()).isLessThan(inMemory.bytes() / 2);
        for (String name :
            List.of("pr", "sssp", "cdlp", "wcc", "bfs", "lcc", "k-core", "hits-hubs", "degree")) {
          assertThat(bits(inFile, name)).as(name).isEqualTo(bits(inMemory, name));
        }
        assertThat(files()).isEmpty();
      }
    }
  }

  private static List<Long> bits(CompactGraph graph, String name) {
    boolean starts = name.equals("sssp") || name.equals("bfs");
    VertexValues values = Runs.values(graph, name, starts ? Map.of("source", "7") : Map.of());
    List<Long> bits = new ArrayList<>();
    values.forEach(
        (id, whole, number) ->
            bits.add(values.areDoubles() ? Double.doubleToRawLongBits(number) : whole));
    assertThat(bits).hasSize(VERTICES);
    return bits;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void listsAreReadInAnyOrder() {
    CompactGraph inMemory = graph(builder(true));
    Random random = new Random(6);
    try (CompactGraph inFile = spilled(true, 0)) {
      for (int shard = 0; shard < SHARDS; shard++) {
        ShardGraph expected = inMemory.shards().get(shard);
        Adjacency lists = inFile.shards().get(shard).out();
        assertThat(lists.isSpilled()).isTrue();
        assertThatThrownBy(lists::targets).hasMessageContaining("in a file");
        AdjacencyReader reader = new AdjacencyReader(lists);
        for (int i = 0; i < 3_000; i++) {
          int place = i < 1_000 ? i % expected.size() : random.nextInt(expected.size());
          int first = reader.load(place);
          int from = expected.out().offsets()[place];
          assertThat(reader.degree(place)).isEqualTo(expected.out().degree(place));
          for (int at = 0; at < reader.degree(place); at++) {
            assertThat(reader.targets()[first + at]).isEqualTo(expected.out().targets()[from + at]);
            assertThat(reader.weights()[first + at]).isEqualTo(expected.out().weights()[from + at]);
          }
        }
      }
    }
  }

  @Test
  void whatFitsStaysInMemory() throws IOException {
    try (CompactGraph graph = spilled(true, 100L << 20)) {
      assertThat(graph.spilledBytes()).isZero();
      assertThat(graph.bytes()).isEqualTo(graph(builder(true)).bytes());
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void aBudgetBelowTheEdgesIsEnoughButNotOneBelowTheVertices() {
    CompactGraph inMemory = graph(builder(true));
    try (CompactGraph inFile = spilled(true, 0)) {
      long enough = inFile.bytes() + 500_000;
      assertThat(enough).isLessThan(inMemory.bytes());
      assertThat(outcome(inMemory, enough)).isInstanceOf(RunOutcome.Refused.class);
      assertThat(outcome(inFile, enough)).isInstanceOf(RunOutcome.Completed.class);
      RunOutcome tooSmall = outcome(inFile, inFile.bytes() + 8L * VERTICES - 1);
      assertThat(((RunOutcome.Refused) tooSmall).reason()).contains("the state of the vertices");
      tooSmall = outcome(inFile, inFile.bytes() - 1);
      assertThat(((RunOutcome.Refused) tooSmall).reason()).contains("the graph would need");
    }
  }

  private static RunOutcome outcome(CompactGraph graph, long budget) {
    try (BatchEngine engine = new BatchEngine(2, budget)) {
      return engine
          .start(graph, Algorithms.named("pr").orElseThrow(), Map.of(), RunOptions.standard())
          .outcome()
          .orTimeout(SECONDS, TimeUnit.SECONDS)
          .join();
    }
  }

  @Test
  void aRunWhoseGraphIsClosedFails() throws InterruptedException {
    CompactGraph graph = spilled(true, 0);
    CountDownLatch going = new CountDownLatch(3);
    try (BatchEngine engine = new BatchEngine(2, 512L << 20)) {
      GraphRun run =
          engine.start(
              graph,
              Algorithms.named("pr").orElseThrow(),
              Map.of("iterations", "100000"),
              RunOptions.standard().tell(report -> going.countDown()));
      assertThat(going.await(SECONDS, TimeUnit.SECONDS)).isTrue();
      graph.close();
      RunOutcome outcome = run.outcome().orTimeout(SECONDS, TimeUnit.SECONDS).join();
      assertThat(((RunOutcome.Failed) outcome).reason()).contains("cannot be read");
      assertThat(engine.bookedBytes()).isZero();
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(directory.resolve("occupied"));
    GraphBuilder builder = builder(true).spillTo(new Spilling(file, 0));
    builder.vertex(1);
    builder.edge(1, 1, 1);
    assertThatThrownBy(() -> builder.build(true))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("occupied");
    assertThatThrownBy(() -> builder(true).spillTo(new Spilling(file, -1)))
        .hasMessageContaining("at least 0");
  }
}
