package dev.weir.query.http;

import dev.weir.store.Refusal;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.util.thread.Scheduler;

/** The gate of every lane, with its metrics. */
final class Gates {
  private final Map<Lane, Gate> gates = new EnumMap<>(Lane.class);

  Gates(HttpSettings.Capacity capacity, Scheduler alarms, MeterRegistry metrics) {
    for (Lane lane : Lane.values()) {
      Gate gate = new Gate(Objects.requireNonNull(capacity.lanes().get(lane)), alarms);
      gates.put(lane, gate);
      measure(gate, lane.name().toLowerCase(Locale.ROOT), metrics);
    }
  }

  private static void measure(Gate gate, String lane, MeterRegistry metrics) {
    Gauge.builder("weir.http.lane.running", gate, Gate::inside)
        .description("Requests that are being worked on")
        .tag("lane", lane)
        .register(metrics);
    Gauge.builder("weir.http.lane.waiting", gate, Gate::waiting)
        .description("Requests that wait to be worked on")
        .tag("lane", lane)
        .register(metrics);
    FunctionCounter.builder("weir.http.lane.refused", gate, Gate::refused)
        .description("Requests that were refused because too many others were there")
        .tag("lane", lane)
        .register(metrics);
  }

  Gate of(Lane lane) {
    return Objects.requireNonNull(gates.get(lane));
  }

  /** What those hear who are turned away. */
  static Answer refusal(Lane lane, String path) {
    return Refusals.problem(new Refusal.Overloaded(lane.words())).answer(path);
  }
}
