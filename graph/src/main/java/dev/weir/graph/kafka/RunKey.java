package dev.weir.graph.kafka;

import java.util.UUID;

/**
 * Whose frames these are.
 *
 * @param run the run
 * @param attempt of the run, from 1; what an earlier one sends is never taken for the next one's
 * @param phase of the attempt, from 0 to 255; each has supersteps of its own
 */
public record RunKey(UUID run, int attempt, int phase) {

  @Override
  public String toString() {
    return run + " (attempt " + attempt + ", phase " + phase + ")";
  }
}
