package dev.weir.store.rebase;

import dev.weir.store.Position;
import dev.weir.store.log.LogFacts;
import dev.weir.store.log.LogInspection;
import dev.weir.store.log.LogInspector;
import dev.weir.store.log.LogProducer;
import dev.weir.store.log.LogProducerTuning;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.log.TopicReport;
import dev.weir.store.log.TopicSetup;
import dev.weir.store.truncation.LogTruncator;
import dev.weir.store.truncation.TruncationStep.Truncate;
import dev.weir.store.write.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * A log that begins with a state instead of nothing. Each of its partitions has two records that
 * say nothing, of which the first is deleted at once: a shard that has no state finds that the
 * beginning of its log is gone, and cannot take the emptiness before it for one. The second one is
 * what the state stands for.
 */
final class NewLog {
  /** Offset of the last record that the states at the beginning have. */
  static final long LAST = 1;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final CloneTarget target;
  private final TopicPlan plan;
  private final LogInspector inspector;

  NewLog(CloneTarget target, int generation) {
    this.target = target;
    this.plan = target.plan(generation);
    this.inspector = new LogInspector(target.kafka(), TIMEOUT);
  }

  /** Refuses a log that is in use; one that an interrupted attempt has left is gone on with. */
  void check() throws IOException, InterruptedException, CloneRefusedException {
    LogFacts facts = facts(Map.of());
    boolean used =
        facts.shards().stream().anyMatch(s -> s.end() > LAST + 1 || s.groupOffset().isPresent());
    if (used || (facts.logId() != null && facts.shards().size() != target.shards())) {
      throw new CloneRefusedException(
          ("the log %s exists already and is not empty: clone into another application, or delete"
                  + " that topic and the consumer group %s if nobody needs them")
              .formatted(plan.logTopic(), plan.streamsApplicationId()));
    }
  }

  /**
   * Makes it.
   *
   * @return where its states stand, ordered by shard
   */
  List<Position> create() throws IOException, InterruptedException, CloneRefusedException {
    try (Admin admin = Admin.create(target.kafka())) {
      TopicReport report = new TopicSetup(admin, TIMEOUT).ensure(plan, target.replication());
      if (!(report instanceof TopicReport.Ready ready)) {
        throw new CloneRefusedException(
            report instanceof TopicReport.Faulty faulty
                ? String.join("; ", faulty.faults())
                : ((TopicReport.Unreachable) report).detail());
      }
      LogFacts facts = facts(Map.of());
      append(facts);
      cut(admin, facts);
      Uuid logId = Objects.requireNonNull(ready.ids().get(plan.logTopic()));
      return positions(new Position(logId, plan.generation(), LAST, -1));
    }
  }

  private void append(LogFacts facts) throws IOException, InterruptedException {
    LogProducerTuning tuning = LogProducerTuning.ingest(plan.application() + "-clone");
    try (LogProducer producer = new LogProducer(target.kafka(), plan, tuning)) {
      List<CompletableFuture<Long>> appended = new ArrayList<>();
      for (LogFacts.Shard shard : facts.shards()) {
        for (long offset = shard.end(); offset <= LAST; offset++) {
          LogRecord nothing = new LogRecord.Trim(shard.shard(), 0);
          appended.add(producer.append(shard.shard(), nothing, 0));
        }
      }
      producer.flush();
      CompletableFuture.allOf(appended.toArray(CompletableFuture[]::new))
          .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(plan.logTopic() + " cannot be written", e);
    }
  }

  private void cut(Admin admin, LogFacts facts) throws IOException, InterruptedException {
    List<Truncate> steps =
        facts.shards().stream()
            .filter(shard -> shard.start() < LAST)
            .map(shard -> new Truncate(shard.shard(), shard.start(), LAST))
            .toList();
    for (var result : new LogTruncator(admin, plan.logTopic(), TIMEOUT).truncate(steps).values()) {
      if (result instanceof LogTruncator.Result.Failed failed) {
        throw new IOException(plan.logTopic() + " cannot be cut: " + failed.reason());
      }
    }
  }

  private List<Position> positions(Position position) throws IOException, InterruptedException {
    Map<Integer, Position> asked = new HashMap<>();
    IntStream.range(0, target.shards()).forEach(shard -> asked.put(shard, position));
    List<Position> positions = new ArrayList<>();
    for (LogFacts.Shard shard : facts(asked).shards()) {
      if (shard.end() != LAST + 1 || shard.start() != LAST) {
        throw new IOException(
            "%s goes from %d to %d in partition %d: somebody else writes it"
                .formatted(plan.logTopic(), shard.start(), shard.end(), shard.shard()));
      }
      int epoch =
          shard.record() instanceof LogFacts.RecordAt.Found found ? found.leaderEpoch() : -1;
      positions.add(new Position(position.logId(), position.generation(), LAST, epoch));
    }
    return positions;
  }

  private LogFacts facts(Map<Integer, Position> positions)
      throws IOException, InterruptedException {
    LogInspection inspection = inspector.inspect(plan, positions);
    if (inspection instanceof LogInspection.Seen seen) {
      return seen.facts();
    }
    throw new IOException(((LogInspection.Unreachable) inspection).detail());
  }
}
