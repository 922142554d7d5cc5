package dev.weir.store;

import java.util.Optional;

/**
 * How far a state was behind its log at most.
 *
 * @param ageMillis the state held everything that was in the log so long ago, in whole milliseconds
 *     rounded up; {@link #UNKNOWN} = not stated
 * @param records it lacked at most so many records; {@link #UNKNOWN} = not stated
 */
public record Staleness(long ageMillis, long records) {
  /** Not stated. */
  public static final long UNKNOWN = -1;

  /** The coarser of two in each respect; what one of them does not state is not stated. */
  public Staleness or(Staleness other) {
    return new Staleness(coarser(ageMillis, other.ageMillis), coarser(records, other.records));
  }

  /** The bound in the words of {@link Consistency#text}; empty if nothing is stated. */
  public Optional<String> text() {
    StringBuilder text = new StringBuilder(48);
    if (ageMillis != UNKNOWN) {
      text.append(";max-age=").append(ageMillis).append("ms");
    }
    if (records != UNKNOWN) {
      text.append(";max-records=").append(records);
    }
    return text.length() == 0 ? Optional.empty() : Optional.of("bounded" + text);
  }

  private static long coarser(long one, long other) {
    return one == UNKNOWN || other == UNKNOWN ? UNKNOWN : Math.max(one, other);
  }
}
