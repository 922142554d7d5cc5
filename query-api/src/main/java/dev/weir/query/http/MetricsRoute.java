package dev.weir.query.http;

import dev.weir.query.http.OperationSpec.Body;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The node's metrics for Prometheus. */
final class MetricsRoute {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PrometheusMeterRegistry registry;

  MetricsRoute(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  Route route() {
    return new Route("GET", new PathTemplate("/metrics"), spec(), this::scrape);
  }

  private CompletableFuture<Answer> scrape(Call call) throws ProblemException {
    String type = MediaTypes.choose(call.header("Accept"), List.of(TEXT, OPEN_METRICS));
    byte[] page = registry.scrape(type).getBytes(StandardCharsets.UTF_8);
    return CompletableFuture.completedFuture(
        Answer.bytes(200, type, page).header("Cache-Control", "no-store"));
  }

  private static OperationSpec spec() {
    return OperationSpec.of("metrics", "operation", "Metrics of this node for Prometheus")
        .describe("Prometheus text 0.0.4, or OpenMetrics 1.0.0 for those who accept it.")
        .answers(
            200,
            "All meters.",
            List.of(
                new Body("text/plain", Schemas.TEXT),
                new Body("application/openmetrics-text", Schemas.TEXT)))
        .refuses(ProblemType.NOT_ACCEPTABLE)
        .example("scrape", Map.of(), 200);
  }
}
