package dev.weir.query.routing;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The time of this machine, with one thread for the alarms. */
public final class SystemTime implements RouterTime, AutoCloseable {
  private static final long LINGER_MILLIS = 100;

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

  /**
   * Keeps the thread no longer than there are alarms. They all go off, also those that are set from
   * now on: calls that were in flight need them to come to their end, in whatever order the parts
   * of a node are closed.
   */
  @Override
  public void close() {
    alarms.setKeepAliveTime(LINGER_MILLIS, TimeUnit.MILLISECONDS);
    alarms.allowCoreThreadTimeOut(true);
  }
}
