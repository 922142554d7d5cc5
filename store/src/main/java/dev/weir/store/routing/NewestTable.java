package dev.weir.store.routing;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The routing table that is the newest here, for those who read it and those who wait for it. */
final class NewestTable {

  private final ReentrantLock tableLock = new ReentrantLock();
  private final Condition changed = tableLock.newCondition();
  private final CopyOnWriteArrayList<Consumer<RoutingTable>> listeners =
      new CopyOnWriteArrayList<>();

  /** Written under {@link #tableLock}, read without. */
  private volatile RoutingTable table = new RoutingTable(-1, new TreeMap<>(), Map.of());

  RoutingTable get() {
    return table;
  }

  void set(RoutingTable newer) {
    tableLock.lock();
    try {
      table = newer;
      changed.signalAll();
    } finally {
      tableLock.unlock();
    }
    listeners.forEach(listener -> listener.accept(newer));
  }

  Optional<RoutingTable> await(Predicate<RoutingTable> wanted, Duration timeout)
      throws InterruptedException {
    long left = timeout.toNanos();
    tableLock.lockInterruptibly();
    try {
      while (!wanted.test(table)) {
        if (left <= 0) {
          return Optional.empty();
        }
        left = changed.awaitNanos(left);
      }
      return Optional.of(table);
    } finally {
      tableLock.unlock();
    }
  }

  void onTable(Consumer<RoutingTable> listener) {
    listeners.add(listener);
  }
}
