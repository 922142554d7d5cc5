package dev.weir.query;

import java.util.List;

/**
 * What the comparison of a collection with all its sources found.
 *
 * @param collection name of the collection
 * @param documents of it that were counted
 * @param sources that feed it
 * @param differences between sources and state; only the first are named
 * @param unnamed further differences
 * @param unproved what cannot be proved, because what would prove it is not there any more; only
 *     the first are named
 * @param unprovedUnnamed further ones
 */
public record AuditReport(
    String collection,
    long documents,
    List<Source> sources,
    List<Difference> differences,
    long unnamed,
    List<Unproved> unproved,
    long unprovedUnnamed) {
  public AuditReport {
    sources = List.copyOf(sources);
    differences = List.copyOf(differences);
    unproved = List.copyOf(unproved);
  }

  /** Whether every record that is there was taken, and nothing else was. */
  public boolean sound() {
    return differences.isEmpty()
        && sources.stream().flatMap(s -> s.partitions().stream()).noneMatch(p -> p.pending() > 0);
  }

  /** Whether nothing had to be left out for want of records. */
  public boolean complete() {
    return unproved.isEmpty()
        && sources.stream().allMatch(s -> !s.compacted())
        && sources.stream()
            .flatMap(s -> s.partitions().stream())
            .allMatch(p -> p.start() == 0 && p.before() == 0);
  }

  /**
   * A source.
   *
   * @param topic that it reads
   * @param revision of its mapping
   * @param compacted whether records may be missing in its topic
   * @param partitions by their numbers
   */
  public record Source(
      String name, String topic, int revision, boolean compacted, List<Partition> partitions) {
    public Source {
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * What became of the records of a partition. From {@code start} to {@code cut}, every offset is
   * one of applied, superseded, filtered, in the dead letters, before the source began, absent, or
   * named among the differences.
   *
   * @param start first offset that is there; what was below is gone
   * @param cut offset behind the last one that was looked at
   * @param pending records behind it that ingest has not taken in time
   * @param applied records whose outcome is in the state
   * @param superseded records after which a newer one of the same document was taken
   * @param filtered records that the mapping leaves out
   * @param deadLetters records among the dead letters
   * @param before records from before the source began
   * @param absent offsets without a record: ends of transactions, what was rolled back or compacted
   */
  public record Partition(
      int partition,
      long start,
      long cut,
      long pending,
      long applied,
      long superseded,
      long filtered,
      long deadLetters,
      long before,
      long absent) {}

  /** How state and sources differ. */
  public enum Kind {
    /** A document is not there. */
    MISSING,
    /** A document is not as the record says. */
    OTHER_VALUE,
    /** A document is there that was to be removed. */
    NOT_REMOVED,
    /** A document is there that no record makes. */
    UNEXPECTED,
    /** A record was neither taken nor put to the dead letters. */
    NOT_KEPT,
    /** A shard has not got as far as the record. */
    NOT_REACHED,
    /** A shard has applied what the topic does not have. */
    TOPIC_LOST_ITS_END
  }

  /**
   * A difference.
   *
   * @param kind of difference
   * @param key of the document in its textual form; empty = it is not about one
   * @param source name of the source of the record; empty = there is none
   * @param partition of the record; -1 = there is none
   * @param offset of the record; -1 = there is none
   * @param detail for people
   */
  public record Difference(
      Kind kind, String key, String source, int partition, long offset, String detail) {}

  /**
   * Something that cannot be proved.
   *
   * @param key of the document in its textual form; empty = it is not about one
   * @param why it cannot
   */
  public record Unproved(String key, String why) {}
}
