package dev.weir.query.routing;

import dev.weir.store.routing.RoutingTable;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Tables from a supplier that somebody tells of every change. */
public final class TableWatch implements TableSource {
  private final Supplier<RoutingTable> newest;
  private final Map<Waiter, Boolean> waiters = new ConcurrentHashMap<>();

  /**
   * A watch on a supplier.
   *
   * @param newest gives the newest table; {@link #changed} is to be called after every change
   */
  public TableWatch(Supplier<RoutingTable> newest) {
    this.newest = newest;
  }

  @Override
  public RoutingTable table() {
    return newest.get();
  }

  @Override
  public Waiting whenAbove(long version, Runnable action) {
    Waiter waiter = new Waiter(version, action);
    waiters.put(waiter, true);
    wakeIfAbove(waiter, table().version());
    return waiter;
  }

  /** Wakes those who wait for this table. */
  public void changed(RoutingTable table) {
    for (Iterator<Waiter> all = waiters.keySet().iterator(); all.hasNext(); ) {
      wakeIfAbove(all.next(), table.version());
    }
  }

  private static void wakeIfAbove(Waiter waiter, long version) {
    if (version > waiter.version) {
      waiter.wake();
    }
  }

  private final class Waiter implements Waiting {
    private final long version;
    private final Runnable action;
    private final AtomicBoolean over = new AtomicBoolean();

    Waiter(long version, Runnable action) {
      this.version = version;
      this.action = action;
    }

    void wake() {
      if (over.compareAndSet(false, true)) {
        waiters.remove(this);
        action.run();
      }
    }

    @Override
    public void cancel() {
      over.set(true);
      waiters.remove(this);
    }
  }
}
