package dev.weir.store.node;

import dev.weir.store.read.Gate;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time of this machine, with the node's scheduler for the alarms. */
record NodeTime(ScheduledExecutorService scheduler) implements Gate.GateTime {
  private static final Logger LOG = LoggerFactory.getLogger(NodeTime.class);

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void after(Duration delay, Runnable action) {
    try {
      Future<?> unused = scheduler.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("No alarm any more: the node is closing");
    }
  }
}
