package dev.weir.store.truncation;

import dev.weir.store.log.LogFacts;
import dev.weir.store.log.LogInspection;
import dev.weir.store.log.LogInspector;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.truncation.TruncationStep.Hold;
import dev.weir.store.truncation.TruncationStep.Truncate;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One pass over the log of an application: looks, decides for each shard, and has Kafka free what
 * can go. Two passes at the same time, at two nodes, do no harm. Safe from any thread; blocks.
 */
public final class Truncation {
  private final TopicPlan topics;
  private final LogInspector log;
  private final LogTruncator truncator;
  private final SoundSnapshots snapshots;
  private final Clock clock;

  /** Passes over the log that {@code topics} names. */
  public Truncation(
      TopicPlan topics,
      LogInspector log,
      LogTruncator truncator,
      SoundSnapshots snapshots,
      Clock clock) {
    this.topics = topics;
    this.log = log;
    this.truncator = truncator;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /**
   * Does it.
   *
   * @param replicas asked before the log is looked at: the other way round, one that goes on
   *     meanwhile would seem to be ahead of the log
   * @param dryRun whether to stop before Kafka is told
   * @throws IOException if Kafka or the repository cannot be asked
   */
  public TruncationReport run(TruncationRule rule, ReplicaPositions replicas, boolean dryRun)
      throws IOException, InterruptedException {
    Map<Integer, List<ReplicaPosition>> held = replicas.look();
    LogInspection inspection = log.inspect(topics, Map.of());
    if (!(inspection instanceof LogInspection.Seen seen)) {
      throw new IOException(inspection.toString());
    }
    List<TruncationStep> steps = new ArrayList<>();
    for (LogFacts.Shard shard : seen.facts().shards()) {
      steps.add(decide(rule, shard, held.getOrDefault(shard.shard(), List.of())));
    }
    List<Truncate> wanted =
        steps.stream().filter(Truncate.class::isInstance).map(Truncate.class::cast).toList();
    return new TruncationReport(
        clock.instant(),
        dryRun,
        steps,
        dryRun || wanted.isEmpty() ? Map.of() : truncator.truncate(wanted),
        truncator.sizes());
  }

  /** A snapshot is read back only if something could go with it. */
  private TruncationStep decide(
      TruncationRule rule, LogFacts.Shard shard, List<ReplicaPosition> replicas)
      throws IOException {
    TruncationStep best =
        rule.decide(shard, OptionalLong.of(shard.end() - 1), replicas, clock.instant());
    return best instanceof Hold
        ? best
        : rule.decide(shard, snapshots.newest(shard.shard()), replicas, clock.instant());
  }
}
