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

/** The queue of every lane, with its metrics. */
final class Lanes {
  private final Map<Lane, LaneQueue> lanes = new EnumMap<>(Lane.class);

  Lanes(HttpSettings.Capacity capacity, Scheduler alarms, MeterRegistry metrics) {
    for (Lane lane : Lane.values()) {
      LaneQueue queue = new LaneQueue(Objects.requireNonNull(capacity.lanes().get(lane)), alarms);
      lanes.put(lane, queue);
      measure(queue, lane.name().toLowerCase(Locale.ROOT), metrics);
    }
  }

  private static void measure(LaneQueue queue, String lane, MeterRegistry metrics) {
    Gauge.builder("weir.http.lane.running", queue, LaneQueue::inside)
        .description("Requests that are being worked on")
        .tag("lane", lane)
        .register(metrics);
    Gauge.builder("weir.http.lane.waiting", queue, LaneQueue::waiting)
        .description("Requests that wait to be worked on")
        .tag("lane", lane)
        .register(metrics);
    FunctionCounter.builder("weir.http.lane.refused", queue, LaneQueue::refused)
        .description("Requests that were refused because too many others were there")
        .tag("lane", lane)
        .register(metrics);
  }

  LaneQueue of(Lane lane) {
    return Objects.requireNonNull(lanes.get(lane));
  }

  /** What one hears who is turned away now. */
  Answer refusal(Lane lane, String path) {
    return Refusals.problem(new Refusal.Overloaded(lane.words()))
        .retryAfter(of(lane).comeback())
        .answer(path);
  }
}
