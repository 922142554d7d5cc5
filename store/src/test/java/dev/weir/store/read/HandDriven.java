package dev.weir.store.read;

import dev.weir.store.routing.Ownership;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A gate whose time, log and folding a test moves by hand; everything runs in the test's thread.
 */
final class HandDriven implements LogEnds, Gate.GateTime {
  private static final int SHARDS = 2;

  final Ownership ownership = new Ownership(SHARDS);
  final Gate gate;

  /** Lookups that are not answered yet, in the order in which they were sent. */
  final Deque<Lookup> lookups = new ArrayDeque<>();

  private final List<Alarm> alarms = new ArrayList<>();
  private long now = -5_000_000_000L; // as nanoTime may be

  /** A lookup on its way. */
  record Lookup(Set<Integer> shards, CompletableFuture<Map<Integer, Long>> answer) {
    void find(long end) {
      Map<Integer, Long> ends = new HashMap<>();
      shards.forEach(shard -> ends.put(shard, end));
      answer.complete(ends);
    }

    void fail() {
      answer.completeExceptionally(new IllegalStateException("the log is away"));
    }
  }

  private record Alarm(long at, Runnable action) {}

  HandDriven(int maxWaiting) {
    gate =
        new Gate(
            ownership,
            this,
            new GateSettings(maxWaiting, Duration.ofMillis(5)),
            this,
            Runnable::run);
  }

  /** A shard that serves, with everything folded up to an offset. */
  static HandDriven serving(long offset) {
    HandDriven driven = new HandDriven(100);
    for (int shard = 0; shard < SHARDS; shard++) {
      driven.ownership.opened(shard);
      driven.fold(shard, offset);
      driven.ownership.logEndSeen(shard, offset + 1);
    }
    return driven;
  }

  void fold(int shard, long offset) {
    ownership.position(shard, offset);
    gate.progressed(shard, offset);
  }

  void pass(Duration time) {
    long until = now + time.toNanos();
    for (Alarm next = due(until); next != null; next = due(until)) {
      alarms.remove(next);
      now = next.at;
      next.action.run();
    }
    now = until;
  }

  private Alarm due(long until) {
    return alarms.stream()
        .filter(alarm -> alarm.at <= until)
        .min((one, other) -> Long.compare(one.at, other.at))
        .orElse(null);
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void after(Duration delay, Runnable action) {
    alarms.add(new Alarm(now + delay.toNanos(), action));
  }

  @Override
  public CompletionStage<Map<Integer, Long>> look(Set<Integer> shards) {
    Lookup lookup = new Lookup(Set.copyOf(shards), new CompletableFuture<>());
    lookups.add(lookup);
    return lookup.answer;
  }
}
