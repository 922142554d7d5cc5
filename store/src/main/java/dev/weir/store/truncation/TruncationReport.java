package dev.weir.store.truncation;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one pass over all shards came to.
 *
 * @param at when it began
 * @param dryRun whether it only looked
 * @param steps what was decided, ordered by shard
 * @param results what Kafka made of it, by shard; empty for a dry run
 * @param bytes what the log takes now, by shard; without those that Kafka does not tell of
 */
public record TruncationReport(
    Instant at,
    boolean dryRun,
    List<TruncationStep> steps,
    Map<Integer, LogTruncator.Result> results,
    Map<Integer, Long> bytes) {
  public TruncationReport {
    steps = List.copyOf(steps);
    results = Map.copyOf(results);
    bytes = Map.copyOf(bytes);
  }

  /** The steps that Kafka has carried out. */
  public List<TruncationStep.Truncate> truncated() {
    return steps.stream()
        .filter(step -> results.get(step.shard()) instanceof LogTruncator.Result.Truncated)
        .filter(TruncationStep.Truncate.class::isInstance)
        .map(TruncationStep.Truncate.class::cast)
        .toList();
  }
}
