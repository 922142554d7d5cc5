package dev.weir.query.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Latency of requests by route, method, status and outcome; no label comes from callers' text. */
final class HttpMetrics {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH");
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

  HttpMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  private record Series(String method, String route, int status) {}

  /** Records the request once its answer is sent or has failed. */
  void measure(Request request, Response response, RouteTable.Match match) {
    long start = System.nanoTime();
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "OTHER";
    String route =
        match instanceof RouteTable.Found found ? found.route().path().openApi() : "UNKNOWN";
    Request.addCompletionListener(
        request,
        failure ->
            timer(new Series(method, route, failure == null ? response.getStatus() : 499))
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS));
  }

  private Timer timer(Series series) {
    Timer timer = timers.get(series);
    return timer != null ? timer : timers.computeIfAbsent(series, this::register);
  }

  private Timer register(Series series) {
    return Timer.builder("http.server.requests")
        .description("Time from a request's header fields to the end of its answer")
        .tag("method", series.method())
        .tag("uri", series.route())
        .tag("status", Integer.toString(series.status()))
        .tag("outcome", outcome(series.status()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private static String outcome(int status) {
    if (status == 499) {
      return "CLIENT_GONE";
    }
    return switch (status / 100) {
      case 1 -> "INFORMATIONAL";
      case 2 -> "SUCCESS";
      case 3 -> "REDIRECTION";
      case 4 -> "CLIENT_ERROR";
      default -> "SERVER_ERROR";
    };
  }
}
