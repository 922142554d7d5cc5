package dev.weir.store.liveness;

import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/** Time, chance and the network of a simulation. Nothing happens but by its queue of events. */
final class SimulatedWorld {
  final Random random;
  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private final Set<String> cuts = new HashSet<>();
  private long now = 1_000;
  private long number;
  private long healed;

  private record Event(long time, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return time != other.time
          ? Long.compare(time, other.time)
          : Long.compare(number, other.number);
    }
  }

  SimulatedWorld(long seed) {
    random = new Random(seed);
  }

  /** Milliseconds. */
  long now() {
    return now;
  }

  long nanos() {
    return now * 1_000_000;
  }

  void after(long millis, Runnable action) {
    queue.add(new Event(now + millis, number++, action));
  }

  /** Something between the two. */
  long between(int least, int most) {
    return (long) least + random.nextInt(most - least + 1);
  }

  /** Lets time pass up to a moment. */
  void runUntil(long time) {
    while (!queue.isEmpty() && queue.peek().time() <= time) {
      Event event = queue.poll();
      now = event.time();
      event.action().run();
    }
    now = time;
  }

  void cut(String a, String b, boolean cut) {
    String link = a.compareTo(b) < 0 ? a + "-" + b : b + "-" + a;
    if (cut) {
      cuts.add(link);
    } else if (cuts.remove(link)) {
      healed = now;
    }
  }

  boolean connected(String a, String b) {
    return !cuts.contains(a.compareTo(b) < 0 ? a + "-" + b : b + "-" + a);
  }

  void heal() {
    if (!cuts.isEmpty()) {
      healed = now;
    }
    cuts.clear();
  }

  /** When a link came back last. */
  long healed() {
    return healed;
  }
}
