package dev.weir.query.http;

import dev.weir.query.Result;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers where the parts of an answer came from: the furthest position of every shard. */
final class Sources {
  private final SortedMap<Integer, Result.Source> byShard = new TreeMap<>();

  void add(List<Result.Source> sources) {
    for (Result.Source source : sources) {
      byShard.merge(
          source.shard(), source, (a, b) -> b.position().offset() >= a.position().offset() ? b : a);
    }
  }

  /** Ordered by shard. */
  List<Result.Source> list() {
    return List.copyOf(byShard.values());
  }
}
