package dev.weir.query.audit;

import dev.weir.store.audit.AuditStoppedException;
import java.util.concurrent.locks.LockSupport;

/**
 * How far an audit has got, how fast it may go, and whether it is still wanted. The audit's thread
 * moves it on, any thread may look and cancel.
 */
final class AuditPace {
  private static final long SECOND = 1_000_000_000L;
  private static final int STEP = 256;
  private static final long LONGEST_REST = SECOND / 4;

  private final int rate;
  private volatile boolean cancelled;
  private volatile String phase = "waiting";
  private volatile long records;
  private long read;
  private long since;
  private long credit;

  /**
   * A pace.
   *
   * @param rate records that may be read in a second
   */
  AuditPace(int rate) {
    this.rate = rate;
  }

  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  String phase() {
    return phase;
  }

  /** Records read so far. */
  long records() {
    return records;
  }

  void enter(String next) throws AuditStoppedException {
    phase = next;
    records = read;
    check();
  }

  /** A record was read; waits if that was too fast. */
  void record() throws AuditStoppedException {
    read++;
    if (read % STEP != 0) {
      return;
    }
    records = read;
    check();
    long now = System.nanoTime();
    credit += STEP * SECOND / rate - (since == 0 ? 0 : now - since);
    since = now;
    credit = Math.max(credit, -SECOND / 10);
    if (credit > 0) {
      pause(credit);
    }
  }

  /** A shard has worked for so long; it is left in peace for as long again. */
  void rest(long nanos) throws AuditStoppedException {
    pause(Math.min(nanos, LONGEST_REST));
  }

  /** Waits, unless the audit is not wanted any more. */
  void pause(long nanos) throws AuditStoppedException {
    long until = System.nanoTime() + nanos;
    check();
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(this, Math.min(left, LONGEST_REST));
      check();
    }
  }

  private void check() throws AuditStoppedException {
    if (cancelled || Thread.currentThread().isInterrupted()) {
      throw new AuditStoppedException("cancelled");
    }
  }
}
