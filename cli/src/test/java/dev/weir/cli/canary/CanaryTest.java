package dev.weir.cli.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lies are found out, and only lies. */
class CanaryTest {
  private static final int KEYS = 3;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<String> told = new ArrayList<>();

  private Canary canary(FakeCluster cluster, Duration bound) {
    Canary canary =
        new Canary(
            new Nodes(cluster.url("a"), Duration.ofSeconds(5)),
            new Canary.Plan("canary", "k", KEYS, bound),
            new CanaryMeters(registry),
            told::add);
    canary.refresh();
    return canary;
  }

  @Test
  void whoTellsTheTruthHasNoViolations() throws Exception {
    try (FakeCluster cluster = new FakeCluster()) {
      Canary canary = canary(cluster, Duration.ofSeconds(1));
      for (int i = 0; i < 20; i++) {
        canary.round(i);
      }
      assertThat(told).isEmpty();
      assertThat(canary.violations()).isZero();
      assertThat(canary.line()).contains("2 nodes, 20 writes, 80 reads, 0 errors", "0 violations");
      assertThat(canary.line()).contains("0 writes, 0 reads");
      assertThat(cluster.written).hasSize(KEYS);
      canary.leave();
      assertThat(cluster.written).isEmpty();
      assertThat(registry.scrape())
          .contains(
              "weir_canary_latency_seconds_bucket{operation=\"write\"",
              "weir_canary_staleness_seconds_count{level=\"eventual\"} 20",
              "weir_canary_violations_total{kind=\"lost-write\"} 0.0",
              "weir_canary_nodes 2.0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "strong, stale-strong-read",
    "session, session-went-back",
    "bounded, bound-exceeded",
  })
  void anOlderVersionBreaksThePromiseOfItsLevel(String level, String kind) throws Exception {
    try (FakeCluster cluster = new FakeCluster()) {
      Canary canary = canary(cluster, Duration.ofNanos(1));
      for (int i = 0; i < 2 * KEYS; i++) {
        canary.round(i);
      }
      assertThat(told).isEmpty();
      cluster.liesAt = level;
      canary.round(2 * KEYS);
      cluster.liesAt = null;
      canary.round(2 * KEYS + 1);
      assertThat(told.get(0)).startsWith(kind + ": k0 at ").contains("2 is there, 3 is known");
      assertThat(registry.scrape())
          .contains("weir_canary_violations_total{kind=\"" + kind + "\"} 1.0");
      if (level.equals("strong")) {
        // Nobody has shown it in spite of asking again.
        assertThat(told.get(1)).startsWith("lost-write: k0: 3 was acknowledged, 2 is there");
      }
    }
  }

  @Test
  void anEventualReadMayShowAnOlderVersion() throws Exception {
    try (FakeCluster cluster = new FakeCluster()) {
      Canary canary = canary(cluster, Duration.ofSeconds(1));
      cluster.liesAt = "eventual";
      for (int i = 0; i < 2 * KEYS; i++) {
        canary.round(i);
      }
      assertThat(told).isEmpty();
    }
  }

  @Test
  void itGoesOnWithoutANodeThatDies() throws Exception {
    try (FakeCluster cluster = new FakeCluster()) {
      Canary canary = canary(cluster, Duration.ofSeconds(1));
      canary.round(0);
      cluster.kill("a");
      for (int i = 1; i < 12; i++) {
        canary.round(i);
      }
      assertThat(told).isEmpty();
      assertThat(canary.line()).startsWith("1 nodes, ").doesNotContain(" 0 errors");
      canary.round(12);
      assertThat(canary.line()).contains("1 writes, 4 reads, 0 errors");
    }
  }

  @Test
  void metricsAreShownAtAPort() throws Exception {
    new CanaryMeters(registry).violated(Violation.LOST_WRITE);
    try (MetricsPage page = MetricsPage.start(0, registry)) {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + "/metrics"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("weir_canary_violations_total{kind=\"lost-write\"} 1.0");
    }
  }
}
