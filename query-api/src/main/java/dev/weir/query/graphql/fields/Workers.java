package dev.weir.query.graphql.fields;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which requests go on when answers come from other nodes, and those that may wait
 * for such answers. Safe from any thread.
 */
public final class Workers {
  private static final int IDLE_SECONDS = 30;

  /** Requests that wait at the same time; more of them stand in line. */
  private static final int MOST_WAITING = 64;

  private final Executor going = start("weir-graphql-", Runtime.getRuntime().availableProcessors());
  private final Executor waiting = start("weir-graphql-walk-", MOST_WAITING);

  /** Goes on with requests; never waits. */
  public Executor going() {
    return going;
  }

  /** Does what waits. */
  Executor waiting() {
    return waiting;
  }

  /** They end by themselves when nothing is asked. */
  private static Executor start(String name, int threads) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }
}
