package dev.weir.graph.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.Algorithm;
import dev.weir.graph.RunOutcome;
import dev.weir.graph.algorithms.Algorithms;
import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.compact.GraphBuilder;
import dev.weir.graph.engine.Keeping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is carried on from kept states ends as one that nothing has happened to. */
final class KeptRunTest {

  private static final int SHARDS = 3;
  private static final int SECONDS = 60;
  private static final int VERTICES = 400;

  static Stream<Algorithm> algorithms() {
    return Algorithms.all().stream();
  }

  /** Keeps everything, before every superstep but the first. */
  private static final class Everything implements Keeping.Keeper {
    private final SortedMap<Integer, SortedMap<Integer, List<byte[]>>> kept = new TreeMap<>();

    @Override
    public boolean isDue() {
      return true;
    }

    @Override
    public synchronized void keep(int shard, int superstep, List<byte[]> state, Runnable done) {
      kept.computeIfAbsent(superstep, none -> new TreeMap<>()).put(shard, state);
      done.run();
    }
  }

  private static CompactGraph graph(boolean directed) {
    Random random = new Random(3);
    GraphBuilder builder = new GraphBuilder(SHARDS, directed, true);
    for (int id = 0; id < VERTICES; id++) {
      builder.vertex(id);
    }
    for (int edge = 0; edge < 3 * VERTICES; edge++) {
      builder.edge(random.nextInt(VERTICES), random.nextInt(VERTICES), random.nextDouble());
    }
    for (int id = 1; id < 20; id++) {
      builder.edge(id - 1, id, 0.01);
    }
    return builder.build(true);
  }

  private static Map<String, String> parameters(Algorithm algorithm) {
    Map<String, String> parameters = new TreeMap<>();
    algorithm.parameters().stream()
        .filter(parameter -> parameter.preset() == null)
        .forEach(parameter -> parameters.put(parameter.name(), "0"));
    return parameters;
  }

  private static List<Long> bits(CompactGraph graph, Algorithm algorithm, Keeping keeping) {
    try (BatchEngine engine = new BatchEngine(2, Long.MAX_VALUE)) {
      RunOutcome outcome =
          engine
              .start(graph, algorithm, parameters(algorithm), RunOptions.standard().keep(keeping))
              .outcome()
              .orTimeout(SECONDS, TimeUnit.SECONDS)
              .join();
      assertThat(engine.bookedBytes()).isZero();
      assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
      RunOutcome.Completed completed = (RunOutcome.Completed) outcome;
      List<Long> bits = new ArrayList<>(List.of((long) completed.report().supersteps()));
      completed.report().warnings().forEach(text -> bits.add((long) text.hashCode()));
      completed.values().forEach((id, whole, number) -> bits.add(whole));
      completed
          .values()
          .forEach((id, whole, number) -> bits.add(Double.doubleToRawLongBits(number)));
      return bits;
    }
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void everyKeptSuperstepLeadsToTheSameBits(Algorithm algorithm) {
    for (boolean directed : new boolean[] {true, false}) {
      CompactGraph graph = graph(directed);
      List<Long> undisturbed = bits(graph, algorithm, Keeping.NONE);
      Everything all = new Everything();
      assertThat(bits(graph, algorithm, new Keeping(all, null))).isEqualTo(undisturbed);
      boolean lists = algorithm.name().equals("lcc") || algorithm.name().equals("triangles");
      long expected = lists ? 0 : undisturbed.get(0) - 1;
      assertThat(all.kept).hasSize((int) expected);
      TreeSet<Integer> tried = new TreeSet<>(all.kept.keySet());
      tried.removeIf(superstep -> superstep > 8 && superstep % 13 != 0);
      for (int superstep : tried) {
        Keeping.From from = new Keeping.From(superstep, all.kept.get(superstep));
        assertThat(bits(graph, algorithm, new Keeping(null, from)))
            .as("from superstep %d, directed %s", superstep, directed)
            .isEqualTo(undisturbed);
      }
    }
  }
}
