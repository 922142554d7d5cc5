package dev.weir.store.ingest;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** Where a session of one partition begins. */
sealed interface StartPoint {

  /** Where the group has got to. */
  record Continue(OffsetAndMetadata committed) implements StartPoint {}

  /** There is no group offset; this one is committed before the first record is sent. */
  record Begin(long offset) implements StartPoint {}

  /** It cannot be said yet; ask again after a pause. */
  record NotYet(String why) implements StartPoint {}

  /**
   * Records that were never read have left the topic.
   *
   * @param from first missing offset
   * @param to first offset that is still there
   */
  record Missing(long from, long to) implements StartPoint {}

  /** The group is ahead of the topic, which must have lost its end. */
  record Ahead(long committed, long end) implements StartPoint {}
}
