package dev.weir.store;

import org.jspecify.annotations.Nullable;

/** What a replica says to a read's {@link Demand}. */
public sealed interface Admission {

  /** The read may be answered from now on, and claims no bound. */
  Admission GRANTED = new Granted(null);

  /**
   * The read may be answered from now on.
   *
   * @param staleness how stale the state is at most, if that was asked for; null otherwise
   */
  record Granted(@Nullable Staleness staleness) implements Admission {}

  /** This replica cannot meet the demand, or not in time. */
  record Denied(Refusal refusal) implements Admission {}
}
