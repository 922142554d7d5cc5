package dev.weir.store.search;

import dev.weir.store.search.Rows.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The first so many of documents that come in any order. Not thread-safe. */
final class TopHits {
  private static final Comparator<Placed> ORDER =
      (a, b) -> Arrays.compareUnsigned(a.place(), b.place());

  private final PriorityQueue<Placed> lastFirst = new PriorityQueue<>(ORDER.reversed());
  private final int most;
  private boolean more;

  TopHits(int most) {
    this.most = most;
  }

  /** A document and where it stands. */
  record Placed(byte[] place, Row row) {}

  void offer(byte[] place, Row row) {
    lastFirst.add(new Placed(place, row));
    if (lastFirst.size() > most) {
      lastFirst.remove();
      more = true;
    }
  }

  /** Whether there were more than are kept. */
  boolean more() {
    return more;
  }

  /** What is kept, in order. */
  List<Placed> sorted() {
    List<Placed> sorted = new ArrayList<>(lastFirst);
    sorted.sort(ORDER);
    return sorted;
  }
}
