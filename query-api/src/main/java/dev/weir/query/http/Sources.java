package dev.weir.query.http;

import dev.weir.query.Result;
import dev.weir.store.Staleness;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers where the parts of an answer came from: the furthest position of every shard. */
final class Sources {
  private final SortedMap<Integer, Result.Source> byShard = new TreeMap<>();

  void add(List<Result.Source> sources) {
    for (Result.Source source : sources) {
      byShard.merge(source.shard(), source, Sources::further);
    }
  }

  private static Result.Source further(Result.Source one, Result.Source other) {
    Result.Source further = other.position().offset() >= one.position().offset() ? other : one;
    Staleness a = one.staleness();
    Staleness b = other.staleness();
    return new Result.Source(
        further.shard(),
        further.node(),
        further.position(),
        a == null || b == null ? null : a.or(b));
  }

  /** Ordered by shard. */
  List<Result.Source> list() {
    return List.copyOf(byShard.values());
  }
}
