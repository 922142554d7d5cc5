package dev.weir.query.routing;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The time of this machine, with one thread for the alarms. */
public final class SystemTime implements RouterTime, AutoCloseable {
  private final ScheduledThreadPoolExecutor alarms;

  public SystemTime() {
    alarms =
        new ScheduledThreadPoolExecutor(
            1,
            action -> {
              Thread thread = new Thread(action, "weir-router");
              thread.setDaemon(true);
              return thread;
            });
    alarms.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for an alarm
  public void after(Duration delay, Runnable action) {
    alarms.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Drops all alarms. */
  @Override
  public void close() {
    alarms.shutdownNow();
  }
}
