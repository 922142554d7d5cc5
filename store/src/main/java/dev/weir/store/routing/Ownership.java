package dev.weir.store.routing;

import dev.weir.store.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What this node is for every shard, as the store and the processor report it; the only place that
 * decides whether a shard serves.
 *
 * <p>A shard starts to serve once its position has reached a log end that was seen after it was
 * opened, and goes on until it is closed or stopped. One that was found on disk can be read before
 * that, by those who take any state. Safe from any thread; all reads are free of locks. A shard's
 * number is from 0 to the number of shards - 1, else {@link IndexOutOfBoundsException}.
 */
public final class Ownership {

  private static final long NOT_SEEN = -1;

  /** Guards every change of {@link #states}, {@link #stopReasons} and {@link #firstEnds}. */
  private final Object transitionLock = new Object();

  private final AtomicReferenceArray<ShardState> states;
  private final AtomicReferenceArray<@Nullable String> stopReasons;
  private final AtomicLongArray offsets;
  private final AtomicLongArray firstEnds;
  private final AtomicLongArray lastEnds;
  private final AtomicIntegerArray catalogueRevisions;
  private final AtomicIntegerArray activations;
  private final AtomicIntegerArray found;
  private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();

  /**
   * A node that holds nothing yet.
   *
   * @param shards number of shards of the application, at least 1
   */
  public Ownership(int shards) {
    states = new AtomicReferenceArray<>(shards);
    stopReasons = new AtomicReferenceArray<>(shards);
    offsets = new AtomicLongArray(shards);
    firstEnds = new AtomicLongArray(shards);
    lastEnds = new AtomicLongArray(shards);
    catalogueRevisions = new AtomicIntegerArray(shards);
    activations = new AtomicIntegerArray(shards);
    found = new AtomicIntegerArray(shards);
    for (int shard = 0; shard < shards; shard++) {
      states.set(shard, ShardState.ABSENT);
      forget(shard);
    }
  }

  /** Number of shards of the application. */
  public int shards() {
    return states.length();
  }

  /**
   * The state of a shard was opened; its position is to be reported next.
   *
   * @throws IllegalStateException if it is open already
   */
  public void opened(int shard) {
    move(shard, ShardEvent.OPENED, null);
  }

  /** The state that was opened had been folded before: it is old, but whole. */
  public void foundOnDisk(int shard) {
    found.set(shard, 1);
  }

  /**
   * The node became the shard's active.
   *
   * @throws IllegalStateException if the shard is not open
   */
  public void activated(int shard) {
    move(shard, ShardEvent.ACTIVATED, null);
  }

  /** The node is no longer the shard's active; its state may stay open as a standby's. */
  public void deactivated(int shard) {
    move(shard, ShardEvent.DEACTIVATED, null);
  }

  /** The state of a shard was closed. */
  public void closed(int shard) {
    move(shard, ShardEvent.CLOSED, null);
  }

  /**
   * A shard stopped itself, or refused to open.
   *
   * @param reason what is wrong and what an operator can do; the first one stands
   */
  public void stopped(int shard, String reason) {
    move(shard, ShardEvent.STOPPED, reason);
  }

  /**
   * The end of a shard's log was looked up after the shard had been opened. Ignored if it is not
   * open.
   *
   * @param end offset the next record will get
   */
  public void logEndSeen(int shard, long end) {
    synchronized (transitionLock) {
      if (states.get(shard) == ShardState.ABSENT) {
        return;
      }
      lastEnds.set(shard, end);
      if (firstEnds.get(shard) == NOT_SEEN) {
        firstEnds.set(shard, end);
      }
    }
    completeIfReached(shard);
  }

  /**
   * The shard's state has reached an offset. Called once per batch by the thread that folds the
   * shard; takes no lock unless it makes the shard serve.
   *
   * @param offset of the last folded record; -1 = none
   */
  public void position(int shard, long offset) {
    offsets.set(shard, offset);
    completeIfReached(shard);
  }

  /** The shard's state holds the definitions of this revision. */
  public void catalogueRevision(int shard, int revision) {
    if (catalogueRevisions.getAndSet(shard, revision) != revision) {
      tellListeners();
    }
  }

  /** What the node is for the shard, with its phase. */
  public ShardState state(int shard) {
    return states.get(shard);
  }

  /** Whether the shard answers queries here. */
  public boolean serving(int shard) {
    return states.get(shard).serving();
  }

  /**
   * Whether the shard can be read here by those who take a state of any age: it serves, or it was
   * found on disk and is on its way to the end of its log.
   */
  public boolean readable(int shard) {
    ShardState state = states.get(shard);
    return state.serving() || (state.filling() && found.get(shard) == 1);
  }

  /** What the node is for the shard; null if it does not hold it. */
  public @Nullable Role role(int shard) {
    return states.get(shard).role();
  }

  /** Why the shard stopped itself; empty if it has not. */
  public Optional<String> stopReason(int shard) {
    return Optional.ofNullable(stopReasons.get(shard));
  }

  /** Offset of the last folded record; -1 = none, or not open. */
  public long offset(int shard) {
    return offsets.get(shard);
  }

  /** The newest log end reported since the shard was opened; -1 = none. */
  public long logEnd(int shard) {
    return lastEnds.get(shard);
  }

  /** How often the node has become the shard's active, so that two claims can be told apart. */
  public int activation(int shard) {
    return activations.get(shard);
  }

  /** Everything the node holds, ordered by shard. */
  public List<HeldShard> snapshot() {
    List<HeldShard> held = new ArrayList<>();
    for (int shard = 0; shard < states.length(); shard++) {
      ShardState state = states.get(shard);
      Role role = state.role();
      if (role != null) {
        held.add(
            new HeldShard(
                shard, role, state.serving(), offsets.get(shard), catalogueRevisions.get(shard)));
      }
    }
    return List.copyOf(held);
  }

  /**
   * Adds a listener that is called after every change of anything but offsets and log ends, on the
   * thread that reported it and without a lock held. It must be quick and take a {@link #snapshot}
   * elsewhere: the calls of two threads may be in another order than their changes.
   */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  // The writes of offsets and firstEnds are volatile: of two threads that bring the last missing
  // half at once, at least one sees both halves.
  private void completeIfReached(int shard) {
    if (states.get(shard).filling() && reached(shard)) {
      move(shard, ShardEvent.COMPLETED, null);
    }
  }

  private boolean reached(int shard) {
    long end = firstEnds.get(shard);
    return end != NOT_SEEN && offsets.get(shard) + 1 >= end;
  }

  private void move(int shard, ShardEvent event, @Nullable String reason) {
    synchronized (transitionLock) {
      ShardState from = states.get(shard);
      // Between the check and the lock the shard may have been closed and opened anew.
      if (event == ShardEvent.COMPLETED && !reached(shard)) {
        return;
      }
      ShardState to =
          from.after(event)
              .orElseThrow(
                  () -> new IllegalStateException("shard " + shard + ": " + event + " in " + from));
      if (event == ShardEvent.OPENED || event == ShardEvent.CLOSED) {
        forget(shard);
      }
      if (reason != null) {
        stopReasons.compareAndSet(shard, null, reason);
      }
      if (to.role() == Role.ACTIVE && from.role() != Role.ACTIVE) {
        activations.incrementAndGet(shard);
      }
      states.set(shard, to);
      if (from == to) {
        return;
      }
    }
    tellListeners();
  }

  private void forget(int shard) {
    offsets.set(shard, -1);
    found.set(shard, 0);
    firstEnds.set(shard, NOT_SEEN);
    lastEnds.set(shard, NOT_SEEN);
    catalogueRevisions.set(shard, 0);
    stopReasons.set(shard, null);
  }

  private void tellListeners() {
    listeners.forEach(Runnable::run);
  }
}
