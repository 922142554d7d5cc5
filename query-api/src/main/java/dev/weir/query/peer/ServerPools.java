package dev.weir.query.peer;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The threads that answer calls of other nodes, a few for each kind of work, with a bounded line
 * each. None of them ever waits for another node, so there is nothing to deadlock.
 */
final class ServerPools implements AutoCloseable {
  private final Map<Work, ThreadPoolExecutor> pools = new EnumMap<>(Work.class);
  private final Map<Work, LongAdder> refused = new EnumMap<>(Work.class);

  ServerPools(PeerSettings settings) {
    for (Work work : Work.values()) {
      refused.put(work, new LongAdder());
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(
              settings.poolThreads(),
              settings.poolThreads(),
              30,
              TimeUnit.SECONDS,
              new ArrayBlockingQueue<>(settings.inFlight().of(work)),
              new DefaultThreadFactory("weir-peer-" + work.name().toLowerCase(Locale.ROOT), true));
      pool.allowCoreThreadTimeOut(true);
      pools.put(work, pool);
    }
  }

  /** Runs something soon; false = too much is waiting already. */
  boolean execute(Work work, Runnable task) {
    try {
      of(work).execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      Objects.requireNonNull(refused.get(work)).increment();
      return false;
    }
  }

  /** Takes something out of the line, if it is there. */
  void forget(Work work, Runnable task) {
    of(work).remove(task);
  }

  /** How much waits for a thread. */
  int waiting(Work work) {
    return of(work).getQueue().size();
  }

  /** How much was not taken, ever. */
  long refused(Work work) {
    return Objects.requireNonNull(refused.get(work)).sum();
  }

  private ThreadPoolExecutor of(Work work) {
    return Objects.requireNonNull(pools.get(work));
  }

  @Override
  public void close() {
    pools.values().forEach(ThreadPoolExecutor::shutdownNow);
  }
}
