package dev.weir.query.truncation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.query.ClusterView;
import dev.weir.store.routing.RoutingTable;
import dev.weir.store.truncation.LogTruncator.Result;
import dev.weir.store.truncation.ReplicaPositions;
import dev.weir.store.truncation.TruncationReport;
import dev.weir.store.truncation.TruncationRule;
import dev.weir.store.truncation.TruncationStep;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What passes over the log came to, as meters tell it. */
class TruncationsTest {
  private static final TruncationRule RULE = new TruncationRule(10, Duration.ofMinutes(10));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ArrayDeque<TruncationReport> reports = new ArrayDeque<>();
  private final Truncations truncations =
      new Truncations(
          this::pass,
          RULE,
          () -> CompletableFuture.completedFuture(new ClusterView("app", "log", 0, 1, List.of())),
          new Absences(
              new RoutingTable(-1, new TreeMap<>(), Map.of()),
              Duration.ofMinutes(10),
              Clock.systemUTC()),
          Clock.systemUTC(),
          meters);

  private TruncationReport pass(TruncationRule rule, ReplicaPositions replicas, boolean dryRun)
      throws IOException {
    if (reports.isEmpty()) {
      throw new IOException("Kafka is away");
    }
    return reports.remove();
  }

  @AfterEach
  void close() {
    truncations.close();
  }

  private static TruncationReport report(Map<Integer, Result> results, Map<Integer, Long> bytes) {
    return new TruncationReport(
        Instant.EPOCH,
        false,
        List.of(
            new TruncationStep.Truncate(0, 0, 70),
            new TruncationStep.Truncate(1, 10, 40),
            new TruncationStep.Hold(2, "needed")),
        results,
        bytes);
  }

  @Test
  void bytesAreReclaimedWhenTheLogIsSmallerAtTheNextPass() {
    assertThat(meters.get("weir.log.size").gauge().value()).isNaN();
    reports.add(report(Map.of(0, new Result.Truncated(70)), Map.of(0, 1000L, 1, 500L, 2, 7L)));
    truncations.run(false).join();
    assertThat(meters.get("weir.truncation.records").counter().count()).isEqualTo(70);
    assertThat(meters.get("weir.truncation.reclaimed").counter().count()).isZero();
    assertThat(meters.get("weir.log.size").gauge().value()).isEqualTo(1507);

    // One shrinks, one grows, one is not told of.
    reports.add(report(Map.of(), Map.of(0, 400L, 1, 800L)));
    truncations.run(true).join();
    assertThat(meters.get("weir.truncation.reclaimed").counter().count()).isEqualTo(600);
    assertThat(meters.get("weir.truncation.records").counter().count()).isEqualTo(70);
    assertThat(meters.get("weir.log.size").gauge().value()).isEqualTo(1200);
  }

  @Test
  void whatCouldNotBeCutOrLookedAtIsCounted() {
    reports.add(
        report(
            Map.of(0, new Result.Truncated(70), 1, new Result.Failed("not authorized")), Map.of()));
    truncations.run(false).join();
    assertThat(meters.get("weir.truncation.failures").counter().count()).isEqualTo(1);
    assertThat(meters.get("weir.truncation.records").counter().count()).isEqualTo(70);
    assertThat(meters.get("weir.log.size").gauge().value()).isNaN();

    assertThatThrownBy(() -> truncations.run(false).join()).hasMessageContaining("Kafka is away");
    assertThat(meters.get("weir.truncation.failures").counter().count()).isEqualTo(2);
    assertThat(truncations.last()).get().extracting(TruncationReport::dryRun).isEqualTo(false);
  }
}
