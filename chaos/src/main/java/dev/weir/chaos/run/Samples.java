package dev.weir.chaos.run;

import dev.weir.chaos.load.Probe.Kind;
import dev.weir.chaos.load.Probe.Sample;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Some of a probe's calls.
 *
 * @param all in any order
 */
record Samples(List<Sample> all) {

  Samples {
    all = List.copyOf(all);
  }

  /** Those of a kind. */
  Samples of(Kind kind) {
    return where(sample -> sample.kind() == kind);
  }

  /** Those that were due in a time. */
  Samples between(long from, long until) {
    return where(sample -> sample.start() >= from && sample.start() < until);
  }

  private Samples where(Predicate<Sample> wanted) {
    return new Samples(all.stream().filter(wanted).toList());
  }

  /** Those that nodes have answered: calls that died with the node they went to are not. */
  Samples answered() {
    return where(Sample::answered);
  }

  /** How many had no success. */
  long failed() {
    return all.stream().filter(sample -> !sample.ok()).count();
  }

  /** So many of a hundred took at most so long, in milliseconds; 0 without any. */
  long percentile(int percent) {
    long[] sorted = all.stream().mapToLong(Sample::millis).sorted().toArray();
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1L, (long) sorted.length * percent / 100)];
  }

  /** When the last shard had its first success among calls that were due from a moment on. */
  long back(long from) {
    SortedMap<Integer, Long> first =
        new TreeMap<>(
            all.stream().collect(Collectors.toMap(Sample::shard, s -> Long.MAX_VALUE, Math::min)));
    all.stream()
        .filter(sample -> sample.ok() && sample.start() >= from)
        .forEach(sample -> first.merge(sample.shard(), sample.end(), Math::min));
    return first.values().stream().mapToLong(Long::longValue).max().orElse(from);
  }

  /** How many shards they went to. */
  int shards() {
    return (int) all.stream().map(Sample::shard).distinct().count();
  }

  /** Why there was no success, with how often. */
  SortedMap<String, Long> problems() {
    return all.stream()
        .filter(sample -> !sample.ok())
        .collect(Collectors.groupingBy(Sample::problem, TreeMap::new, Collectors.counting()));
  }

  /** How many, how long, and what was wrong. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "%d, p99 %d ms, slowest %d ms, %d failed%s",
        all.size(),
        percentile(99),
        percentile(100),
        failed(),
        failed() == 0 ? "" : " " + problems());
  }
}
