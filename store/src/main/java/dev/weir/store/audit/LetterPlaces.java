package dev.weir.store.audit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which records of a source lie among the dead letters. Not thread-safe.
 *
 * <p>So many are remembered at most; of more, and where the first letters were deleted, nobody can
 * say any more that a record is not there.
 */
public final class LetterPlaces {
  private static final int MOST = 1_000_000;

  private final Map<Integer, Set<Long>> places = new HashMap<>();
  private boolean whole = true;
  private int count;

  /** Remembers one. */
  public void add(int partition, long offset) {
    if (count >= MOST) {
      whole = false;
    } else if (places.computeIfAbsent(partition, p -> new HashSet<>()).add(offset)) {
      count++;
    }
  }

  /** From now on it is known that some are missing. */
  public void lost() {
    whole = false;
  }

  /** Whether a record is known to lie there. */
  public boolean has(int partition, long offset) {
    Set<Long> offsets = places.get(partition);
    return offsets != null && offsets.contains(offset);
  }

  /** Whether all that were ever put there are known. */
  public boolean isWhole() {
    return whole;
  }
}
