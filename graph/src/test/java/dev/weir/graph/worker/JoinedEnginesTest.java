package dev.weir.graph.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Parameter;
import dev.weir.graph.RunOutcome;
import dev.weir.graph.algorithms.Algorithms;
import dev.weir.graph.algorithms.PlainGraph;
import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.kafka.TestWire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Through a real broker the same bits come out as in one process. */
final class JoinedEnginesTest {

  private static final int SECONDS = 60;

  @TempDir private static Path directory;

  private static TestWire wire;

  @BeforeAll
  static void start() {
    wire = new TestWire(directory.resolve("kafka"));
  }

  @AfterAll
  static void stop() {
    wire.close();
  }

  private static JoinedEngines engines(int count, int shards) {
    String topic = wire.topic("of-" + shards, shards);
    return new JoinedEngines(count, wire.client(), topic, shards);
  }

  private static List<PlainGraph> graphs() {
    List<PlainGraph> graphs = new ArrayList<>();
    for (boolean directed : new boolean[] {true, false}) {
      graphs.add(PlainGraph.random(20_261_121L, directed));
      graphs.add(PlainGraph.random(20_261_122L, directed));
      graphs.add(PlainGraph.star(300, directed));
      graphs.add(PlainGraph.clique(25, directed));
    }
    return graphs;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "3, 3", "3, 8"})
  void theSameBitsAsInOneProcess(int count, int shards) {
    try (JoinedEngines joined = engines(count, shards)) {
      for (PlainGraph plain : graphs()) {
        CompactGraph graph = plain.compact(shards);
        for (Algorithm algorithm : Algorithms.all()) {
          Map<String, String> arguments = arguments(algorithm, plain);
          assertThat(
                  values(
                      joined
                          .run(graph, algorithm, arguments, RunOptions.standard())
                          .orTimeout(SECONDS, TimeUnit.SECONDS)
                          .join()))
              .as("%s on %s", algorithm.name(), plain)
              .isEqualTo(values(Runs.outcome(graph, algorithm, arguments)));
        }
      }
    }
  }

  private static Map<String, String> arguments(Algorithm algorithm, PlainGraph graph) {
    Map<String, String> arguments = new TreeMap<>();
    for (Parameter parameter : algorithm.parameters()) {
      if (parameter.preset() == null) {
        arguments.put(parameter.name(), Long.toString(graph.vertices().first()));
      } else if (parameter.name().equals("iterations")) {
        // Every superstep is a round trip to the broker.
        arguments.put(parameter.name(), "5");
      }
    }
    return arguments;
  }

  /** Bits of all values by vertex. */
  private static Map<Long, Long> values(RunOutcome outcome) {
    assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
    var values = ((RunOutcome.Completed) outcome).values();
    Map<Long, Long> byVertex = new TreeMap<>();
    values.forEach(
        (id, whole, number) ->
            byVertex.put(id, values.areDoubles() ? Double.doubleToRawLongBits(number) : whole));
    return byVertex;
  }

  @Test
  void severalRunsAtOnceDoNotMeetEachOther() {
    int shards = 6;
    PlainGraph plain = PlainGraph.random(7, true);
    CompactGraph graph = plain.compact(shards);
    List<Algorithm> algorithms =
        List.of(named("pr"), named("wcc"), named("cdlp"), named("lcc"), named("pr"));
    try (JoinedEngines joined = engines(3, shards)) {
      List<CompletableFuture<RunOutcome>> runs =
          algorithms.stream()
              .map(each -> joined.run(graph, each, Map.of(), RunOptions.standard()))
              .toList();
      IntStream.range(0, runs.size())
          .forEach(
              i ->
                  assertThat(values(runs.get(i).orTimeout(SECONDS, TimeUnit.SECONDS).join()))
                      .isEqualTo(values(Runs.outcome(graph, algorithms.get(i), Map.of()))));
    }
  }

  private static Algorithm named(String name) {
    return Algorithms.named(name).orElseThrow();
  }
}
