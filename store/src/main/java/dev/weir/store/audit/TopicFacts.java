package dev.weir.store.audit;

import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * The topic of a source, and how far ingest has got with it.
 *
 * @param id Kafka's id of the topic
 * @param compacts whether records may be missing because newer ones of the same key came, or nobody
 *     can tell
 * @param partitions by their numbers
 */
public record TopicFacts(Uuid id, boolean compacts, List<Partition> partitions) {
  public TopicFacts {
    partitions = List.copyOf(partitions);
  }

  /**
   * A partition.
   *
   * @param start first offset that is there
   * @param end offset behind the last record that is committed, if it is one of a transaction
   * @param done offset up to which everything is in the log, by the present revision of the source;
   *     -1 = nothing is
   * @param begin offset at which the source began to read it, if it starts at the latest record; -1
   *     = nobody knows
   */
  public record Partition(long start, long end, long done, long begin) {}
}
