package dev.weir.store.audit;

import java.util.List;

/** The topic of a source, to be read as often as needed. Used by one thread; must be closed. */
public interface AuditedTopic extends AutoCloseable {

  /**
   * As it stands now.
   *
   * @throws AuditStoppedException if it is not there or cannot be asked
   */
  TopicFacts look() throws AuditStoppedException;

  /**
   * Reads what is committed, each partition in the order of its offsets.
   *
   * @param from first offset of each partition
   * @param to offset behind the last one; not above the partition's end
   * @return where each partition really began: above {@code from} if records were deleted meanwhile
   * @throws AuditStoppedException if Kafka does not give them, or the taker wants no more
   */
  List<Long> read(List<Long> from, List<Long> to, Taker taker) throws AuditStoppedException;

  @Override
  void close();

  /** Takes records. */
  @FunctionalInterface
  interface Taker {
    /** Takes one. */
    void take(SourceRecord record) throws AuditStoppedException;
  }
}
