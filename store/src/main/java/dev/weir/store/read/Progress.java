package dev.weir.store.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Who waits for a shard's state to reach an offset, and up to which moment the state is known to be
 * complete. The folding thread pays one volatile read per batch while nobody waits.
 */
final class Progress {
  /** The state is not known to have been complete at any moment. */
  static final long NEVER = Long.MIN_VALUE;

  private static final int MAX_MARKS = 32;

  private final Object lock = new Object();
  private final PriorityQueue<Visit> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Visit::target)); // under lock
  private final ArrayDeque<Mark> marks = new ArrayDeque<>(); // under lock, oldest first
  private volatile long nextTarget = Long.MAX_VALUE; // written under lock
  private volatile long freshAt = NEVER; // written under lock

  /** A log end that was looked up at a time and is not reached yet. */
  private record Mark(long sentAt, long end) {}

  /** The latest moment of which the state holds everything that was in the log; nanoseconds. */
  long freshAt() {
    return freshAt;
  }

  /**
   * Has a visit wait until everything below an offset is folded. The caller looks at the shard's
   * offset again afterwards.
   */
  void await(Visit visit, long target) {
    synchronized (lock) {
      waiting.remove(visit);
      visit.target(target);
      waiting.add(visit);
      renew();
    }
  }

  void forget(Visit visit) {
    synchronized (lock) {
      if (waiting.remove(visit)) {
        renew();
      }
    }
  }

  /** The log ended there when it was asked at a time. */
  void mark(long sentAt, long end, long offset) {
    synchronized (lock) {
      if (offset + 1 >= end) {
        freshAt = Math.max(freshAt, sentAt);
        return;
      }
      if (marks.size() == MAX_MARKS) {
        marks.removeLast(); // the oldest are reached first; newer ones will come
      }
      marks.add(new Mark(sentAt, end));
      renew();
    }
  }

  /** Whether somebody waits for no more than this offset. */
  boolean awaited(long offset) {
    return offset + 1 >= nextTarget;
  }

  /** The state has folded an offset; gives the visits that waited for it. */
  List<Visit> reached(long offset) {
    if (!awaited(offset)) {
      return List.of();
    }
    synchronized (lock) {
      while (!marks.isEmpty() && marks.peekFirst().end <= offset + 1) {
        freshAt = Math.max(freshAt, marks.removeFirst().sentAt);
      }
      List<Visit> there = new ArrayList<>();
      while (!waiting.isEmpty() && waiting.peek().target() <= offset + 1) {
        there.add(waiting.remove());
      }
      renew();
      return there;
    }
  }

  /** The state is gone: another one may take its place. */
  void reset() {
    synchronized (lock) {
      marks.clear();
      freshAt = NEVER;
      renew();
    }
  }

  private void renew() {
    long next = waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().target();
    nextTarget = marks.isEmpty() ? next : Math.min(next, marks.peekFirst().end);
  }
}
