package dev.weir.store.read;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts the reads that were refused where others waited. Safe from any thread. */
public final class RefusedReads {
  private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

  /** Why a read that would have waited was refused. */
  public enum Reason {
    /** Too many others wait. */
    OVERLOADED,
    /** Its patience was over before the replica was fresh enough. */
    LATE,
    /** The log does not say where it ends. */
    LOG_AWAY
  }

  RefusedReads() {
    for (Reason reason : Reason.values()) {
      counts.put(reason, new LongAdder());
    }
  }

  void add(Reason reason) {
    Objects.requireNonNull(counts.get(reason)).increment();
  }

  /** How many were refused for a reason, ever. */
  public long count(Reason reason) {
    return Objects.requireNonNull(counts.get(reason)).sum();
  }
}
