package dev.weir.store;

import java.time.Duration;

/**
 * What a replica of a shard must meet before it answers a read.
 *
 * @param level the promise; {@link Consistency.Strong} implies {@code activeOnly}
 * @param floor offset that the state must have folded; {@link #NO_FLOOR} = none
 * @param activeOnly whether only the shard's active may answer
 * @param patience how long the replica may wait until it can; zero = not at all
 */
public record Demand(Consistency level, long floor, boolean activeOnly, Duration patience) {
  /** Any position will do. */
  public static final long NO_FLOOR = -1;

  /** Whatever the replica has applied. */
  public static final Demand EVENTUAL =
      new Demand(Consistency.EVENTUAL, NO_FLOOR, false, Duration.ZERO);

  /** Whatever the active has applied. */
  public static final Demand ACTIVE =
      new Demand(Consistency.SESSION, NO_FLOOR, true, Duration.ZERO);

  /** A state that has folded this offset, at any replica. */
  public static Demand reached(long offset, Duration patience) {
    return new Demand(Consistency.SESSION, offset, false, patience);
  }
}
