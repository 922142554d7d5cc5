package dev.weir.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the answer of a read promises about the writes before it. */
public sealed interface Consistency {

  /** Linearisable per key: whatever was acknowledged before the read began is in the answer. */
  Consistency STRONG = new Strong();

  /** Never before the position that the caller brings; any replica may answer. */
  Consistency SESSION = new Session();

  /** Whatever a live replica has applied, at once. */
  Consistency EVENTUAL = new Eventual();

  /**
   * Reads {@link #text}.
   *
   * @throws IllegalArgumentException if it is none, with what to write instead
   */
  static Consistency parse(String text) {
    return ConsistencyText.parse(text);
  }

  /**
   * {@code strong}, {@code session}, {@code eventual}, or {@code bounded} with {@code
   * ;max-age=500ms}, {@code ;max-records=100} or both.
   */
  String text();

  /** See {@link #STRONG}. */
  record Strong() implements Consistency {
    @Override
    public String text() {
      return "strong";
    }
  }

  /** See {@link #SESSION}. */
  record Session() implements Consistency {
    @Override
    public String text() {
      return "session";
    }
  }

  /**
   * At most so stale. At least one of both bounds is given; if both are, both hold.
   *
   * @param maxAge the answer holds everything that was in the log this long before it; null = any
   *     age; more than 0
   * @param maxRecords the answer lacks at most this many records per shard of what was in the log
   *     when the read arrived; {@link #ANY} = any number; from 0
   */
  record Bounded(@Nullable Duration maxAge, long maxRecords) implements Consistency {
    /** No bound on the number of records. */
    public static final long ANY = -1;

    public Bounded {
      if (maxAge == null && maxRecords == ANY) {
        throw new IllegalArgumentException("a bound on the age or on the records is needed");
      }
      if (maxRecords < ANY || (maxAge != null && (maxAge.isNegative() || maxAge.isZero()))) {
        throw new IllegalArgumentException("a bound out of range: " + maxAge + ", " + maxRecords);
      }
    }

    /** At most this old. */
    public static Bounded age(Duration maxAge) {
      return new Bounded(maxAge, ANY);
    }

    /** At most this many records behind. */
    public static Bounded records(long maxRecords) {
      return new Bounded(null, maxRecords);
    }

    @Override
    public String text() {
      return ConsistencyText.of(this);
    }
  }

  /** See {@link #EVENTUAL}. */
  record Eventual() implements Consistency {
    @Override
    public String text() {
      return "eventual";
    }
  }
}
