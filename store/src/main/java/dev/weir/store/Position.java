package dev.weir.store;

import org.apache.kafka.common.Uuid;

/**
 * How far into its log the state of a shard has got: the state is the fold of {@code log[0 ..
 * offset]}.
 *
 * @param logId Kafka's topic id of the log
 * @param generation number of the log, from 0
 * @param offset offset of the last folded record; -1 = nothing folded yet
 * @param leaderEpoch leader epoch of that record; -1 = unknown
 */
public record Position(Uuid logId, int generation, long offset, int leaderEpoch) {

  /** The position of an empty state. */
  public static Position start(Uuid logId, int generation) {
    return new Position(logId, generation, -1, -1);
  }
}
