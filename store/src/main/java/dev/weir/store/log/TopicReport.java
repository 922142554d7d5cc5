package dev.weir.store.log;

import java.util.List;
import java.util.SortedMap;
import org.apache.kafka.common.Uuid;

/** What became of setting up the application's topics. */
public sealed interface TopicReport {

  /**
   * All are there and as they must be.
   *
   * @param ids Kafka's topic ids by name
   * @param created names of those that were missing
   * @param advice settings that work but could be better; empty most of the time
   */
  record Ready(SortedMap<String, Uuid> ids, List<String> created, List<String> advice)
      implements TopicReport {}

  /**
   * Some are not as they must be: the node must not start.
   *
   * @param faults every fault found, each with what to do about it
   */
  record Faulty(List<String> faults) implements TopicReport {}

  /** Kafka did not answer in time: try again later, or correct the address or the credentials. */
  record Unreachable(String detail) implements TopicReport {}
}
