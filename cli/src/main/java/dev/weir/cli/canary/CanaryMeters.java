package dev.weir.cli.canary;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a canary tells about what it saw. */
final class CanaryMeters {
  private final MeterRegistry registry;
  private final AtomicInteger nodes = new AtomicInteger();

  CanaryMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("weir.canary.nodes", nodes, AtomicInteger::get)
        .description("Nodes that are written to and read from")
        .register(registry);
    for (Violation violation : Violation.values()) {
      violations(violation).increment(0);
    }
  }

  void nodes(int count) {
    nodes.set(count);
  }

  /** A write, or a read at a level, was answered. */
  void answered(String operation, long nanos) {
    Timer.builder("weir.canary.latency")
        .description("How long answered requests took")
        .tag("operation", operation)
        .publishPercentileHistogram()
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A request was refused, or not answered. */
  void failed(String operation, String node) {
    Counter.builder("weir.canary.errors")
        .description("Requests that were refused or not answered")
        .tag("operation", operation)
        .tag("node", node)
        .register(registry)
        .increment();
  }

  /** How stale an answer was at least. */
  void stale(Level level, long nanos) {
    Timer.builder("weir.canary.staleness")
        .description("For how long writes had been acknowledged that an answer lacked")
        .tag("level", level.text())
        .publishPercentileHistogram()
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  void violated(Violation violation) {
    violations(violation).increment();
  }

  private Counter violations(Violation violation) {
    return Counter.builder("weir.canary.violations")
        .description("Answers that broke a promise")
        .tag("kind", violation.text())
        .register(registry);
  }
}
