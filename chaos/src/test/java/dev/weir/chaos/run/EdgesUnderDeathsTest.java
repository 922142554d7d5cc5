package dev.weir.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.chaos.cluster.Cluster;
import dev.weir.chaos.fault.Dice;
import dev.weir.chaos.graph.GraphLoad;
import dev.weir.chaos.load.Recorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Vertices and edges are written, changed and deleted while one of two nodes is killed, or replaced
 * by an empty one: in the end both sides of all edges and all degrees are what was written. With
 * the profile {@code chaos} only; every build has the same load over three nodes in {@link
 * ChaosTest}.
 */
@EnabledIfSystemProperty(named = "weir.chaos.edges", matches = "\\d+")
final class EdgesUnderDeathsTest {
  private static final long SEED = Long.getLong("weir.chaos.seed", System.nanoTime() & 0xffffffL);
  private static final int SECONDS = Integer.getInteger("weir.chaos.edges", 15);
  private static final int NODES = 2;

  @Test
  void bothSidesAndAllDegreesAreWhatWasWritten() throws Exception {
    Path directory = Path.of("target", "edges-" + SEED).toAbsolutePath();
    try (Cluster cluster = Cluster.start(directory, Cluster.Make.of(NODES));
        GraphLoad load = new GraphLoad(SEED, cluster::urls, 4, Duration.ofMillis(10))) {
      load.start();
      List<Injected> faults =
          new FaultLoop(cluster, Dice.deaths(SEED, NODES), new Recorder())
              .run(Duration.ofSeconds(SECONDS));
      load.stop();
      String report =
          "seed %d, %d writes, %d edges, %s".formatted(SEED, load.writes(), load.edges(), faults);
      System.out.println(report);
      assertThat(load.faults()).as(report).isEmpty();
      assertThat(load.writes()).as(report).isGreaterThan(100);
      assertThat(load.edges()).as(report).isPositive();
      assertThat(faults).as(report).isNotEmpty().allMatch(Injected::recovered);
    }
  }
}
