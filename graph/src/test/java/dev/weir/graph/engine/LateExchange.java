package dev.weir.graph.engine;

import dev.weir.graph.Exchange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/**
 * Delivers late, in any order but that of one source to one target, and some things twice: all that
 * the port allows.
 */
final class LateExchange implements Exchange {

  private final Receiver[] receivers;
  private final Executor executor;
  private final Random random;

  /** By source and target; guarded by this. */
  private final Map<Integer, Deque<Runnable>> waiting = new TreeMap<>();

  LateExchange(int shards, Executor executor, long seed) {
    this.receivers = new Receiver[shards];
    this.executor = executor;
    this.random = new Random(seed);
  }

  @Override
  public void attach(int shard, Receiver receiver) {
    receivers[shard] = receiver;
  }

  @Override
  public void send(int source, int target, byte[] frame) {
    later(source, target, () -> receivers[target].frame(frame));
  }

  @Override
  public void announce(byte[] announcement) {
    int source = Announcement.read(announcement).source();
    for (int target = 0; target < receivers.length; target++) {
      Receiver receiver = receivers[target];
      later(source, target, () -> receiver.announcement(announcement));
    }
  }

  private synchronized void later(int source, int target, Runnable delivery) {
    Deque<Runnable> line =
        waiting.computeIfAbsent(source * receivers.length + target, key -> new ArrayDeque<>());
    line.add(delivery);
    if (random.nextInt(4) == 0) {
      line.add(delivery);
    }
    executor.execute(this::deliverOne);
    executor.execute(this::deliverOne);
  }

  /** One at a time, so that the order of a line is kept. */
  private synchronized void deliverOne() {
    Object[] lines = waiting.keySet().toArray();
    if (lines.length == 0) {
      return;
    }
    Object chosen = lines[random.nextInt(lines.length)];
    Deque<Runnable> line = waiting.get(chosen);
    line.remove().run();
    if (line.isEmpty()) {
      waiting.remove(chosen);
    }
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
