package dev.weir.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that all clients did, in the order in which they began. Immutable.
 *
 * @param seed that the run can be repeated with
 * @param ops by their start
 */
public record History(long seed, List<Op> ops) {

  public History {
    List<Op> sorted = new ArrayList<>(ops);
    sorted.sort(Comparator.comparingLong(Op::start).thenComparingInt(Op::client));
    ops = List.copyOf(sorted);
  }

  /** The calls of each key, in the order in which they began. */
  public SortedMap<String, List<Op>> byKey() {
    SortedMap<String, List<Op>> keys = new TreeMap<>();
    ops.forEach(op -> keys.computeIfAbsent(op.key(), key -> new ArrayList<>()).add(op));
    return Collections.unmodifiableSortedMap(keys);
  }
}
