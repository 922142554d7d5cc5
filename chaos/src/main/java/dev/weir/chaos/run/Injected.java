package dev.weir.chaos.run;

import dev.weir.chaos.fault.Fault;
import java.time.Duration;

/**
 * A fault that was injected.
 *
 * @param fault what it was
 * @param begin when, in nanoseconds of the history
 * @param end when it was taken back
 * @param recovery from then until every node was ready
 * @param trouble what is to be seen of the nodes that were not in time; empty if all were
 */
record Injected(Fault fault, long begin, long end, Duration recovery, String trouble) {

  /** Whether every node was ready in time. */
  boolean recovered() {
    return trouble.isEmpty();
  }
}
