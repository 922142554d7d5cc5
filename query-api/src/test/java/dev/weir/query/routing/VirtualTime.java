package dev.weir.query.routing;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes only as events are run; everything happens on the caller's thread. */
final class VirtualTime implements RouterTime {
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private long now;
  private long order;

  private record Event(long at, long order, Runnable action) {}

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void after(Duration delay, Runnable action) {
    events.add(new Event(now + Math.max(0, delay.toNanos()), order++, action));
  }

  /** Runs all events up to a moment, and those they cause. */
  void runUntil(long end) {
    while (!events.isEmpty() && events.peek().at() <= end) {
      Event event = events.remove();
      now = event.at();
      event.action().run();
    }
    now = Math.max(now, end);
  }
}
