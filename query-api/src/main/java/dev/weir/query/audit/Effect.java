package dev.weir.query.audit;

import dev.weir.store.Key;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a record has done to a document. Effects whose order is known, because they come from one
 * partition and, where keys are tracked, from one row, are of one lane; the last one of a lane
 * counts. Which lane was last, only the log knows.
 *
 * @param source number of the source in the audit
 * @param partition of the record
 * @param row whose document it is, where keys are tracked; null = they are not
 * @param offset of the record
 * @param time of the record, milliseconds since the epoch
 * @param kind what it has done
 * @param mark of the document that it has stored; 0 = none
 * @param counts whether it is what the record was about, and no rule of the mapping
 */
record Effect(
    int source,
    int partition,
    @Nullable Key row,
    long offset,
    long time,
    Kind kind,
    long mark,
    boolean counts) {

  /** What a record does to a document. */
  enum Kind {
    /** Stores it. */
    STORED,
    /** Removes it. */
    REMOVED,
    /** One of both, or nothing: nobody can tell. */
    ANY
  }

  /** Whether a state could be what it left. */
  boolean leaves(@Nullable Long observed) {
    return switch (kind) {
      case STORED -> observed != null && observed == mark;
      case REMOVED -> observed == null;
      case ANY -> true;
    };
  }

  boolean isOfLaneOf(Effect other) {
    return source == other.source && partition == other.partition && Objects.equals(row, other.row);
  }
}
