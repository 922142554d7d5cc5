package dev.weir.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An audit on a node.
 *
 * @param id of the audit, on this node
 * @param state where it is
 * @param reason why it ended without a result; empty otherwise
 * @param collections that are compared with their sources
 * @param started when it was
 * @param phase what it does, in a few words
 * @param records read so far, again for every pass
 * @param reports of the collections that are done
 */
public record AuditView(
    String id,
    State state,
    String reason,
    List<String> collections,
    Instant started,
    String phase,
    long records,
    List<AuditReport> reports) {
  public AuditView {
    collections = List.copyOf(collections);
    reports = List.copyOf(reports);
  }

  /** Where an audit is. */
  public enum State {
    /** It waits or works. */
    RUNNING,
    /** All reports are there. */
    DONE,
    /** It could not go on. */
    FAILED,
    /** Somebody has cancelled it. */
    CANCELLED
  }

  /**
   * What an audit may take.
   *
   * @param patience how long ingest may take to copy what was there at the start, and how long a
   *     difference must last; not negative
   * @param rate records read in a second, at least 1
   */
  public record Terms(Duration patience, int rate) {}
}
