package dev.weir.chaos.run;

import dev.weir.chaos.Call;
import dev.weir.chaos.Op;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The longest times in which a shard had no success, though clients tried. */
final class Gaps {

  private Gaps() {}

  /**
   * A time without success.
   *
   * @param from end of the success before it, in nanoseconds of the history
   * @param to end of the success behind it
   */
  record Gap(long from, long to) {
    long millis() {
      return (to - from) / 1_000_000;
    }
  }

  /** Per shard, the longest gap between two successes that end in a time. */
  static SortedMap<Integer, Gap> longest(
      List<Op> ops, Predicate<Op> wanted, long from, long until) {
    SortedMap<Integer, List<Long>> successes = new TreeMap<>();
    for (Op op : ops) {
      if (wanted.test(op) && op.answer().ok() && op.end() >= from && op.end() <= until) {
        successes
            .computeIfAbsent(KeyShards.shardOf(op.key()), shard -> new ArrayList<>())
            .add(op.end());
      }
    }
    SortedMap<Integer, Gap> gaps = new TreeMap<>();
    successes.forEach((shard, ends) -> gaps.put(shard, longest(ends)));
    return gaps;
  }

  private static Gap longest(List<Long> ends) {
    Collections.sort(ends);
    Gap longest = new Gap(ends.get(0), ends.get(0));
    for (int i = 1; i < ends.size(); i++) {
      Gap gap = new Gap(ends.get(i - 1), ends.get(i));
      longest = gap.millis() > longest.millis() ? gap : longest;
    }
    return longest;
  }

  static boolean isWrite(Op op) {
    return op.call().writes();
  }

  static boolean isRead(Op op) {
    return op.call() instanceof Call.Read;
  }
}
