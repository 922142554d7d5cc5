package dev.weir.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Exchange;
import dev.weir.graph.RunOutcome;
import dev.weir.graph.algorithms.Algorithms;
import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.compact.GraphBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The result does not depend on how frames travel. */
final class BatchRunTest {

  private static final int SHARDS = 5;
  private static final int SECONDS = 60;

  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final ExecutorService deliverers = Executors.newFixedThreadPool(3);

  @AfterEach
  void stop() {
    threads.shutdownNow();
    deliverers.shutdownNow();
  }

  private static CompactGraph graph() {
    Random random = new Random(11);
    GraphBuilder builder = new GraphBuilder(SHARDS, true, true);
    for (int id = 0; id < 2_000; id++) {
      builder.vertex(id);
    }
    for (int edge = 0; edge < 10_000; edge++) {
      builder.edge(random.nextInt(2_000), random.nextInt(2_000), random.nextDouble());
    }
    return builder.build(true);
  }

  private List<Double> run(CompactGraph graph, Exchange exchange, String name) {
    Algorithm algorithm = Algorithms.named(name).orElseThrow();
    Map<String, String> texts =
        algorithm.parameters().stream().anyMatch(parameter -> parameter.name().equals("source"))
            ? Map.of("source", "0")
            : Map.of();
    Arguments arguments = ((Arguments.Good) Arguments.read(algorithm, texts)).arguments();
    RunPlan plan = new RunPlan(algorithm, arguments, 1_000, report -> {}, Keeping.NONE);
    BatchRun run =
        BatchRun.start(graph.whole(), plan, exchange, threads, new MemoryBudget(Long.MAX_VALUE));
    RunOutcome outcome = run.outcome().orTimeout(SECONDS, TimeUnit.SECONDS).join();
    assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
    List<Double> values = new ArrayList<>();
    ((RunOutcome.Completed) outcome)
        .values()
        .forEach((id, longValue, doubleValue) -> values.add(doubleValue));
    return values;
  }

  @Test
  void theSameBitsWhenFramesComeLateOutOfOrderAndTwice() {
    CompactGraph graph = graph();
    for (String name : List.of("pr", "sssp", "cdlp", "lcc", "wcc", "hits-hubs", "k-core")) {
      List<Double> expected = run(graph, new InMemoryExchange(SHARDS), name);
      for (long seed = 0; seed < 3; seed++) {
        assertThat(run(graph, new LateExchange(SHARDS, deliverers, seed), name))
            .as("%s, seed %d", name, seed)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void aRunIsTheSameAgain() {
    CompactGraph graph = graph();
    List<Double> once = run(graph, new InMemoryExchange(SHARDS), "pr");
    for (int i = 0; i < 10; i++) {
      assertThat(run(graph, new InMemoryExchange(SHARDS), "pr")).isEqualTo(once);
    }
  }
}
