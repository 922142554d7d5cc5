package dev.weir.graph.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Combine;
import dev.weir.graph.Direction;
import dev.weir.graph.LongAggregate;
import dev.weir.graph.LongChannel;
import dev.weir.graph.LongColumn;
import dev.weir.graph.Parameter;
import dev.weir.graph.RunOutcome;
import dev.weir.graph.Setup;
import dev.weir.graph.SuperstepReport;
import dev.weir.graph.Vertex;
import dev.weir.graph.VertexProgram;
import dev.weir.graph.algorithms.Algorithms;
import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.compact.GraphBuilder;
import dev.weir.graph.engine.Keeping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

final class BatchEngineTest {

  private static final int SECONDS = 60;

  /** A ring, so that a token can go round for ever. */
  private static CompactGraph ring(int size, int shards) {
    GraphBuilder builder = new GraphBuilder(shards, true, false);
    for (int id = 0; id < size; id++) {
      builder.vertex(id);
    }
    for (int id = 0; id < size; id++) {
      builder.edge(id, (id + 1) % size, 1);
    }
    return builder.build(true);
  }

  /** Passes a token round and round; something else happens at each vertex that has it. */
  private record Token(IntConsumer at) implements Algorithm {
    @Override
    public String name() {
      return "token";
    }

    @Override
    public String description() {
      return "passes a token on";
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(Parameter.integer("limit", 0, 1_000_000, 1_000_000, "supersteps"));
    }

    @Override
    public VertexProgram program(Setup setup, Arguments arguments) {
      LongColumn visits = setup.longColumn(0);
      LongChannel token = setup.longChannel(Combine.SUM);
      LongAggregate total = setup.longAggregate(Combine.SUM);
      int limit = arguments.integer("limit");
      return new VertexProgram() {
        @Override
        public void compute(Vertex vertex, int superstep) {
          vertex.halt();
          if (superstep == 0 ? vertex.id() == 0 : token.has(vertex)) {
            at.accept(superstep);
            visits.set(vertex, visits.get(vertex) + 1);
            total.add(1);
            token.sendAll(vertex, Direction.OUT, 0);
          }
        }

        @Override
        public boolean isDone(int superstep) {
          assertThat(total.get()).isEqualTo(1);
          return superstep == limit;
        }

        @Override
        public LongColumn result() {
          return visits;
        }
      };
    }
  }

  private static RunOutcome await(GraphRun run) {
    return run.outcome().orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  @Test
  void aProgramRunsUntilItIsDoneAndTellsOfEachSuperstep() {
    List<SuperstepReport> reports = Collections.synchronizedList(new ArrayList<>());
    try (BatchEngine engine = new BatchEngine(2, 64L << 20)) {
      RunOutcome outcome =
          await(
              engine.start(
                  ring(10, 3),
                  new Token(superstep -> {}),
                  Map.of("limit", "24"),
                  RunOptions.standard().tell(reports::add)));
      RunOutcome.Completed completed = (RunOutcome.Completed) outcome;
      assertThat(Runs.longs(completed.values()).values())
          .containsExactly(3L, 3L, 3L, 3L, 3L, 2L, 2L, 2L, 2L, 2L);
      assertThat(completed.report().supersteps()).isEqualTo(25);
      assertThat(completed.report().messages()).isEqualTo(25);
      assertThat(completed.report().bytes()).isPositive();
    }
    assertThat(reports.stream().map(SuperstepReport::superstep).toList())
        .hasSize(25)
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(reports.get(0).computed()).isEqualTo(10);
    assertThat(reports.get(1).computed()).isEqualTo(1);
    assertThat(reports.get(1).messages()).isEqualTo(1);
    assertThat(reports.get(1).awake()).isZero();
  }

  @Test
  void programsRunOnTheEnginesThreadsOnly() {
    Set<String> threads = Collections.synchronizedSet(new TreeSet<>());
    try (BatchEngine engine = new BatchEngine(2, 64L << 20)) {
      await(
          engine.start(
              ring(50, 7),
              new Token(superstep -> threads.add(Thread.currentThread().getName())),
              Map.of("limit", "100"),
              RunOptions.standard()));
    }
    assertThat(threads).isNotEmpty().isSubsetOf("weir-graph-1", "weir-graph-2");
  }

  @Test
  void aRunCanBeCancelled() throws InterruptedException {
    CountDownLatch going = new CountDownLatch(100);
    try (BatchEngine engine = new BatchEngine(2, 64L << 20)) {
      GraphRun run =
          engine.start(
              ring(10, 4),
              new Token(superstep -> going.countDown()),
              Map.of(),
              RunOptions.standard());
      assertThat(going.await(SECONDS, TimeUnit.SECONDS)).isTrue();
      run.cancel();
      RunOutcome outcome = await(run);
      assertThat(outcome).isInstanceOf(RunOutcome.Cancelled.class);
      assertThat(((RunOutcome.Cancelled) outcome).superstep()).isGreaterThan(50);
      assertThat(engine.bookedBytes()).isZero();
    }
  }

  @Test
  void closingTheEngineEndsItsRuns() throws InterruptedException {
    CountDownLatch going = new CountDownLatch(10);
    BatchEngine engine = new BatchEngine(2, 64L << 20);
    GraphRun run =
        engine.start(
            ring(10, 4),
            new Token(superstep -> going.countDown()),
            Map.of(),
            RunOptions.standard());
    assertThat(going.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    engine.close();
    assertThat(await(run)).isInstanceOf(RunOutcome.Cancelled.class);
  }

  @Test
  void aRunThatGoesOnForTooLongFails() {
    RunOptions options = new RunOptions(30, report -> {}, Keeping.NONE);
    try (BatchEngine engine = new BatchEngine(2, 64L << 20)) {
      RunOutcome outcome =
          await(engine.start(ring(10, 2), new Token(superstep -> {}), Map.of(), options));
      assertThat(outcome)
          .isEqualTo(new RunOutcome.Failed(29, "it did not end within 30 supersteps"));
    }
  }

  @Test
  void aProgramThatThrowsEndsItsRunAndNoOther() {
    Algorithm broken =
        new Token(
            superstep -> {
              if (superstep == 17) {
                throw new IllegalStateException("out of luck");
              }
            });
    try (BatchEngine engine = new BatchEngine(2, 64L << 20)) {
      GraphRun fails = engine.start(ring(10, 3), broken, Map.of(), RunOptions.standard());
      GraphRun works =
          engine.start(
              ring(1000, 3),
              new Token(superstep -> {}),
              Map.of("limit", "999"),
              RunOptions.standard());
      RunOutcome outcome = await(fails);
      assertThat(outcome).isInstanceOf(RunOutcome.Failed.class);
      assertThat(((RunOutcome.Failed) outcome).superstep()).isEqualTo(17);
      assertThat(((RunOutcome.Failed) outcome).reason()).contains("out of luck", "superstep 17");
      assertThat(await(works)).isInstanceOf(RunOutcome.Completed.class);
      assertThat(engine.bookedBytes()).isZero();
    }
  }

  @Test
  void aListenerThatThrowsEndsTheRun() {
    RunOptions options =
        RunOptions.standard()
            .tell(
                report -> {
                  throw new IllegalStateException("nobody listens");
                });
    try (BatchEngine engine = new BatchEngine(2, 64L << 20)) {
      RunOutcome outcome =
          await(engine.start(ring(10, 3), new Token(superstep -> {}), Map.of(), options));
      assertThat(((RunOutcome.Failed) outcome).reason()).contains("nobody listens");
    }
  }

  /** memgraph #955, mage #219. */
  @Test
  void aGraphAboveTheBudgetIsRefusedWithAdvice() {
    CompactGraph graph = ring(10_000, 2);
    Algorithm pageRank = Algorithms.named("pagerank").orElseThrow();
    try (BatchEngine engine = new BatchEngine(2, graph.bytes() - 1)) {
      RunOutcome outcome = await(engine.start(graph, pageRank, Map.of(), RunOptions.standard()));
      assertThat(((RunOutcome.Refused) outcome).reason())
          .contains("the graph would need", "MiB", "allow more memory");
      assertThat(engine.bookedBytes()).isZero();
    }
  }

  @Test
  void messagesAboveTheBudgetFailTheRun() {
    CompactGraph graph = ring(10_000, 2);
    Algorithm pageRank = Algorithms.named("pagerank").orElseThrow();
    // A column, an inbox and a place to combine fit; frames of 80 kB do not.
    long state = graph.bytes() + 80_000 + 81_250 + 81_250 + 90_000;
    long enough = state + 160_000;
    try (BatchEngine engine = new BatchEngine(1, state + 30_000)) {
      RunOutcome outcome = await(engine.start(graph, pageRank, Map.of(), RunOptions.standard()));
      assertThat(outcome).isInstanceOf(RunOutcome.Failed.class);
      assertThat(((RunOutcome.Failed) outcome).reason()).contains("messages of superstep 0");
      assertThat(engine.bookedBytes()).isZero();
    }
    try (BatchEngine engine = new BatchEngine(2, 2 * enough)) {
      assertThat(await(engine.start(graph, pageRank, Map.of(), RunOptions.standard())))
          .isInstanceOf(RunOutcome.Completed.class);
    }
  }

  @Test
  void wrongArgumentsAreRefusedAllAtOnceAndNameWhatIsAllowed() {
    CompactGraph graph = ring(10, 2);
    assertThat(reason(graph, "pr", Map.of("damping", "2", "iterations", "x", "dampnig", "1")))
        .contains("damping: a number from 0 to 1, not 2.0")
        .contains("iterations: a whole number from 1 to 100000, not 'x'")
        .contains("pr has no parameter 'dampnig'");
    assertThat(reason(graph, "pr", Map.of("damping", "NaN"))).contains("not NaN");
    assertThat(reason(graph, "bfs", Map.of())).contains("bfs must be told source");
    assertThat(reason(graph, "bfs", Map.of("source", "10")))
        .isEqualTo("source: the graph has no vertex 10");
    assertThat(reason(graph, "bfs", Map.of("source", "1.5"))).contains("the id of a vertex");
    assertThat(reason(graph, "pr-personalised", Map.of("sources", "1, 99")))
        .contains("no vertex 99");
    assertThat(reason(graph, "wcc", Map.of("x", "1"))).contains("it has none");
  }

  @Test
  void graphsThatDoNotFitAreRefused() {
    assertThat(reason(new GraphBuilder(3, true, true).build(true), "wcc", Map.of()))
        .contains("empty");
    GraphBuilder oneWay = new GraphBuilder(3, true, true);
    oneWay.vertex(1);
    oneWay.vertex(2);
    oneWay.edge(1, 2, -0.5);
    CompactGraph graph = oneWay.build(false);
    assertThat(reason(graph, "wcc", Map.of())).contains("both directions");
    assertThat(reason(graph, "sssp", Map.of("source", "1"))).contains("at least 0", "-0.5");
    assertThat(reason(ring(3, 1), "sssp", Map.of("source", "1"))).contains("weights");
  }

  private static String reason(
      CompactGraph graph, String algorithm, Map<String, String> arguments) {
    RunOutcome outcome = Runs.outcome(graph, Algorithms.named(algorithm).orElseThrow(), arguments);
    assertThat(outcome).isInstanceOf(RunOutcome.Refused.class);
    return ((RunOutcome.Refused) outcome).reason();
  }

  @Test
  void ranksThatDoNotConvergeCarryAWarning() {
    RunOutcome outcome =
        Runs.outcome(
            star(),
            Algorithms.named("pr-converged").orElseThrow(),
            Map.of("iterations", "2", "tolerance", "1e-12"));
    assertThat(((RunOutcome.Completed) outcome).report().warnings())
        .singleElement()
        .asString()
        .contains("not converged");
  }

  @Test
  void hitsWarnsOfASmallSpectralGap() {
    GraphBuilder builder = new GraphBuilder(2, true, false);
    // Two stars of nearly the same size: the two greatest singular values are nearly the same.
    for (int id = 0; id < 2_003; id++) {
      builder.vertex(id);
    }
    for (int id = 2; id < 2_003; id++) {
      builder.edge(id, id < 1_002 ? 0 : 1, 1);
    }
    CompactGraph graph = builder.build(true);
    RunOutcome outcome =
        Runs.outcome(
            graph,
            Algorithms.named("hits-authorities").orElseThrow(),
            Map.of("iterations", "20", "tolerance", "1e-12"));
    assertThat(((RunOutcome.Completed) outcome).report().warnings())
        .hasSize(2)
        .anySatisfy(warning -> assertThat(warning).contains("not converged"))
        .anySatisfy(warning -> assertThat(warning).contains("spectral gap"));
    RunOutcome fine = Runs.outcome(star(), Algorithms.named("hits-hubs").orElseThrow(), Map.of());
    assertThat(((RunOutcome.Completed) fine).report().warnings()).isEmpty();
  }

  private static CompactGraph star() {
    GraphBuilder builder = new GraphBuilder(2, true, false);
    for (int id = 0; id < 10; id++) {
      builder.vertex(id);
    }
    for (int id = 1; id < 10; id++) {
      builder.edge(id, 0, 1);
    }
    return builder.build(true);
  }
}
