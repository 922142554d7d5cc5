package dev.weir.query.routing;

import dev.weir.store.Refusal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How often and when something is tried again: as soon as there is a newer routing table, else
 * after a growing pause, until a deadline. Used by one attempt at a time.
 */
final class Attempts {
  private final TableSource tables;
  private final RouterSettings settings;
  private final RouterTime time;
  private final long deadline;
  private long pause; // only by the attempt that has just ended

  Attempts(TableSource tables, RouterSettings settings, RouterTime time, Duration patience) {
    this.tables = tables;
    this.settings = settings;
    this.time = time;
    this.deadline = time.nanoTime() + patience.toNanos();
    this.pause = settings.minPause().toNanos();
  }

  /** Whether what was refused may be granted to another attempt, at once or soon. */
  static boolean mayPass(Refusal refusal) {
    return refusal instanceof Refusal.NotOwner
        || refusal instanceof Refusal.Rebalancing
        || refusal instanceof Refusal.Unreachable
        || refusal instanceof Refusal.BehindPosition
        || refusal instanceof Refusal.TooStale;
  }

  boolean over() {
    return time.nanoTime() - deadline >= 0;
  }

  /** How long the caller still waits. */
  Duration timeLeft() {
    return Duration.ofNanos(Math.max(settings.minPause().toNanos(), deadline - time.nanoTime()));
  }

  /** How long the next call to another node may take. */
  Duration callTimeout() {
    return callTimeout(settings.attempt());
  }

  /** How long the next call to another node may take, which should not take longer than this. */
  Duration callTimeout(Duration most) {
    return Duration.ofNanos(
        Math.min(Math.min(most.toNanos(), settings.attempt().toNanos()), timeLeft().toNanos()));
  }

  /**
   * Runs the next attempt once, when it is worth while.
   *
   * @param usedVersion of the table that the last attempt used
   * @param seenVersion the newest that the nodes it asked had
   */
  void retry(long usedVersion, long seenVersion, Runnable attempt) {
    long delay = Math.max(1, Math.min(pause, deadline - time.nanoTime()));
    pause = Math.min(2 * pause, settings.maxPause().toNanos());
    AtomicBoolean woken = new AtomicBoolean();
    Runnable once =
        () -> {
          if (woken.compareAndSet(false, true)) {
            attempt.run();
          }
        };
    TableSource.Waiting waiting = tables.whenAbove(Math.max(usedVersion, seenVersion - 1), once);
    if (!woken.get()) {
      time.after(
          Duration.ofNanos(delay),
          () -> {
            waiting.cancel();
            once.run();
          });
    }
  }

  /** What to say at the end: that a node is not the owner helps nobody outside. */
  static Refusal last(Refusal refusal) {
    return refusal instanceof Refusal.NotOwner no
        ? new Refusal.Rebalancing(no.shard(), "no node has taken the shard over yet")
        : refusal;
  }
}
