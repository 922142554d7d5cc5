package dev.weir.graph.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.Algorithm;
import dev.weir.graph.RunOutcome;
import dev.weir.graph.VertexValues;
import dev.weir.graph.algorithms.Algorithms;
import dev.weir.graph.compact.CompactGraph;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Runs algorithms to their end, for tests. */
public final class Runs {

  private static final int SECONDS = 60;
  private static final long MEMORY = 512L << 20;

  private Runs() {}

  /** How a run ends. */
  public static RunOutcome outcome(
      CompactGraph graph, Algorithm algorithm, Map<String, String> arguments) {
    try (BatchEngine engine = new BatchEngine(4, MEMORY)) {
      RunOutcome outcome =
          engine
              .start(graph, algorithm, arguments, RunOptions.standard())
              .outcome()
              .orTimeout(SECONDS, TimeUnit.SECONDS)
              .join();
      assertThat(engine.bookedBytes()).isZero();
      return outcome;
    }
  }

  /** The values of a run that must succeed. */
  public static VertexValues values(
      CompactGraph graph, String algorithm, Map<String, String> arguments) {
    RunOutcome outcome = outcome(graph, Algorithms.named(algorithm).orElseThrow(), arguments);
    assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
    return ((RunOutcome.Completed) outcome).values();
  }

  /** Whole numbers by vertex. */
  public static Map<Long, Long> longs(VertexValues values) {
    assertThat(values.areDoubles()).isFalse();
    Map<Long, Long> byId = new TreeMap<>();
    values.forEach((id, longValue, doubleValue) -> byId.put(id, longValue));
    return byId;
  }

  /** Numbers with fractions by vertex. */
  public static Map<Long, Double> doubles(VertexValues values) {
    assertThat(values.areDoubles()).isTrue();
    Map<Long, Double> byId = new TreeMap<>();
    values.forEach((id, longValue, doubleValue) -> byId.put(id, doubleValue));
    return byId;
  }
}
