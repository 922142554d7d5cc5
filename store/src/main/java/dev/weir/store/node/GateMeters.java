package dev.weir.store.node;

import dev.weir.store.read.Gate;
import dev.weir.store.read.RefusedReads.Reason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** The metrics of the reads that wait until a replica is fresh enough for them. */
final class GateMeters {
  private GateMeters() {}

  static void bind(Gate gate, MeterRegistry meters) {
    Gauge.builder("weir.reads.waiting", gate, Gate::waiting)
        .description("Reads that wait until a replica is as fresh as they ask for")
        .register(meters);
    for (Reason reason : Reason.values()) {
      FunctionCounter.builder("weir.reads.refused", gate, g -> g.refused().count(reason))
          .description("Reads that were refused instead of waiting for a replica, or after it")
          .tag("reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .register(meters);
    }
  }
}
