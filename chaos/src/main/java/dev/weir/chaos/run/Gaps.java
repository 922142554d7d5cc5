package dev.weir.chaos.run;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.Level;
import dev.weir.chaos.Op;
import dev.weir.chaos.cluster.KeyShards;
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

  /** Per shard, the longest gap that touches a time. */
  static SortedMap<Integer, Gap> longest(
      List<Op> ops, Predicate<Op> wanted, long from, long until) {
    SortedMap<Integer, List<Long>> successes = new TreeMap<>();
    for (Op op : ops) {
      if (wanted.test(op) && isSuccess(op)) {
        successes
            .computeIfAbsent(KeyShards.shardOf(op.key()), shard -> new ArrayList<>())
            .add(op.end());
      }
    }
    SortedMap<Integer, Gap> gaps = new TreeMap<>();
    successes.forEach((shard, ends) -> gaps.put(shard, longest(ends, from, until)));
    return gaps;
  }

  private static Gap longest(List<Long> ends, long from, long until) {
    Collections.sort(ends);
    Gap longest = new Gap(from, from);
    for (int i = 1; i < ends.size(); i++) {
      Gap gap = new Gap(ends.get(i - 1), ends.get(i));
      if (gap.from() < until && gap.to() > from && gap.millis() > longest.millis()) {
        longest = gap;
      }
    }
    return longest;
  }

  /** A condition that did not hold was decided, too. */
  private static boolean isSuccess(Op op) {
    return op.answer().ok() || op.answer() instanceof Answer.Mismatch;
  }

  static boolean isWrite(Op op) {
    return op.call().writes();
  }

  static boolean isStrongRead(Op op) {
    return op.call() instanceof Call.Read read && read.level().kind() == Level.Kind.STRONG;
  }

  static boolean isWeakerRead(Op op) {
    return op.call() instanceof Call.Read && !isStrongRead(op);
  }
}
