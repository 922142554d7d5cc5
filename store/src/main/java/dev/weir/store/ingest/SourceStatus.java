package dev.weir.store.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source as this node sees it, live.
 *
 * @param name of the source
 * @param topic the topic it reads
 * @param revision of its mapping in use
 * @param state what it does
 * @param reason why it waits or has failed, and what to do; null while all is well
 * @param partitions of the topic that this node reads, ascending
 * @param counts since this node started the source
 * @param lag records of these partitions that are not read yet
 */
public record SourceStatus(
    String name,
    String topic,
    int revision,
    State state,
    @Nullable String reason,
    List<Integer> partitions,
    Counts counts,
    long lag) {
  public SourceStatus {
    partitions = List.copyOf(partitions);
  }

  /** What a source does; of several threads the worst counts, and later is worse. */
  public enum State {
    /** It reads, or has nothing to read on this node. */
    RUNNING,
    /** It has not read anything yet. */
    STARTING,
    /** It is held back until the shards have caught up. */
    PAUSED,
    /** Something is missing that may come back; it keeps trying. */
    WAITING,
    /** It has stopped, because going on would lose or mix up records; an operator must act. */
    FAILED
  }

  /**
   * Numbers of records; those that are sent again after a fault count again.
   *
   * @param appended to the log
   * @param deadLetters kept aside
   * @param skipped because they mean nothing
   * @param lost from the topic before they were read, where that was accepted
   */
  public record Counts(long appended, long deadLetters, long skipped, long lost) {}
}
