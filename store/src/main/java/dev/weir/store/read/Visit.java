package dev.weir.store.read;

import dev.weir.store.Admission;
import dev.weir.store.Demand;
import java.util.concurrent.CompletableFuture;

/** A read that waits at the {@link Gate}. */
final class Visit {
  /** The end of the log has not been looked up for this visit. */
  static final long NO_END = -1;

  private final int shard;
  private final Demand demand;
  private final long deadline;
  private final CompletableFuture<Admission> result = new CompletableFuture<>();
  private long end = NO_END; // under "this"
  private boolean lookingUp; // under "this"
  private volatile long target; // not changed while the visit is in a queue

  /**
   * A visit.
   *
   * @param deadline nanoseconds by the gate's clock
   */
  Visit(int shard, Demand demand, long deadline) {
    this.shard = shard;
    this.demand = demand;
    this.deadline = deadline;
  }

  int shard() {
    return shard;
  }

  Demand demand() {
    return demand;
  }

  long deadline() {
    return deadline;
  }

  CompletableFuture<Admission> result() {
    return result;
  }

  /** The state must have folded everything below this offset. */
  long target() {
    return target;
  }

  void target(long offset) {
    target = offset;
  }

  /** The log's end as looked up after the visit began; {@link #NO_END} = not yet. */
  synchronized long end() {
    return end;
  }

  synchronized void end(long found) {
    end = found;
    lookingUp = false;
  }

  /** Claims the right to have the end looked up; false = that is under way. */
  synchronized boolean beginLookup() {
    boolean mine = !lookingUp;
    lookingUp = true;
    return mine;
  }
}
