package dev.weir.query.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Lets a bounded number of visitors in at once. A bounded number waits outside, in order and only
 * so long; all others are turned away at once. No thread waits. Safe from any thread.
 */
final class LaneQueue {
  private final HttpSettings.Queue limits;
  private final Scheduler alarms;
  private final AtomicLong refused = new AtomicLong();
  private final Comeback comeback = new Comeback();
  private final Set<Waiting> line = new LinkedHashSet<>(); // under line
  private int inside; // under line

  /**
   * A queue without visitors.
   *
   * @param alarms tells when somebody has waited long enough
   */
  LaneQueue(HttpSettings.Queue limits, Scheduler alarms) {
    this.limits = limits;
    this.alarms = alarms;
  }

  /** Who wants in; exactly one of the two is called, once, outside of any lock. */
  interface Visitor {

    /** It is inside, until {@link LaneQueue#leave} is called for it; quick. */
    void admitted();

    /** It does not get in; quick. */
    void refused();
  }

  private static final class Waiting {
    final Visitor visitor;
    volatile Scheduler.@Nullable Task alarm;

    Waiting(Visitor visitor) {
      this.visitor = visitor;
    }

    void calm() {
      Scheduler.Task set = alarm;
      if (set != null) {
        set.cancel();
      }
    }
  }

  /** Lets a visitor in, now or soon, or turns it away. */
  void enter(Visitor visitor) {
    boolean now = false;
    Waiting waiting = null;
    synchronized (line) {
      if (inside < limits.running()) {
        inside++;
        now = true;
      } else if (line.size() < limits.waiting()) {
        waiting = new Waiting(visitor);
        line.add(waiting);
      }
    }
    if (now) {
      visitor.admitted();
    } else if (waiting == null) {
      refuse(visitor);
    } else {
      setAlarm(waiting, limits.patience());
    }
  }

  private void setAlarm(Waiting waiting, Duration patience) {
    waiting.alarm =
        alarms.schedule(() -> giveUp(waiting), patience.toMillis(), TimeUnit.MILLISECONDS);
    boolean gone;
    synchronized (line) {
      gone = !line.contains(waiting);
    }
    if (gone) {
      waiting.calm();
    }
  }

  private void giveUp(Waiting waiting) {
    boolean waited;
    synchronized (line) {
      waited = line.remove(waiting);
    }
    if (waited) {
      refuse(waiting.visitor);
    }
  }

  private void refuse(Visitor visitor) {
    refused.incrementAndGet();
    visitor.refused();
  }

  /** One visitor has left: the next one comes in. */
  void leave() {
    comeback.left(System.nanoTime());
    Waiting next = null;
    synchronized (line) {
      Iterator<Waiting> first = line.iterator();
      if (first.hasNext()) {
        next = first.next();
        first.remove();
      } else {
        inside--;
      }
    }
    if (next != null) {
      next.calm();
      next.visitor.admitted();
    }
  }

  /** After how many seconds one who is turned away now is to come back. */
  int comeback() {
    return comeback.seconds(System.nanoTime());
  }

  /** How many are inside. */
  int inside() {
    synchronized (line) {
      return inside;
    }
  }

  /** How many wait outside. */
  int waiting() {
    synchronized (line) {
      return line.size();
    }
  }

  /** How many were turned away, ever. */
  long refused() {
    return refused.get();
  }
}
