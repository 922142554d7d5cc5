package dev.weir.store.node;

import dev.weir.store.Position;
import dev.weir.store.log.LogFacts;
import dev.weir.store.log.LogGeneration;
import dev.weir.store.log.LogInspection;
import dev.weir.store.log.LogInspector;
import dev.weir.store.log.StartupCheck;
import dev.weir.store.log.StartupVerdict;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.log.TopicReport;
import dev.weir.store.log.TopicSetup;
import dev.weir.store.rocksdb.NativeLibrary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must hold before anything opens: local state and log belong together, and the topics are as
 * they must be. The state is compared first, because a log created in place of a lost one would
 * hide the loss.
 */
final class Preflight {
  private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private Preflight() {}

  /**
   * What a node starts with; closed by whoever holds it last.
   *
   * @param topics names of everything the application owns in Kafka
   * @param directory claimed for this node
   * @param admin connected
   * @param logId Kafka's id of the log
   * @param local positions of the states on disk that the log goes on from, by shard
   * @param truncated where the log begins, of shards without such a state whose log has lost its
   *     beginning
   * @param emptyLog whether nothing was ever written to the log, or nothing of it is left
   */
  record Prepared(
      TopicPlan topics,
      StateDirectory directory,
      Admin admin,
      Uuid logId,
      Map<Integer, Position> local,
      Map<Integer, Long> truncated,
      boolean emptyLog) {

    /** The beginning of the log. */
    Position log() {
      return Position.start(logId, topics.generation());
    }

    void close() {
      admin.close(Duration.ZERO);
      directory.close();
    }
  }

  /** Claims the state directory, compares it with the log, and creates what is missing in Kafka. */
  static Prepared pass(StoreConfig config, boolean elsewhere)
      throws NodeStartException, InterruptedException {
    StoreConfig.Local local = config.local();
    List<String> faults = StreamsSettings.faults(config.kafka());
    if (!faults.isEmpty()) {
      throw new NodeStartException(faults);
    }
    StateClaim claim =
        StateDirectory.claim(local.stateDirectory(), config.application(), local.nodeId());
    if (claim instanceof StateClaim.Refused refused) {
      throw new NodeStartException(List.of(refused.reason()));
    }
    StateDirectory directory = ((StateClaim.Claimed) claim).directory();
    NativeLibrary.load(directory.nativeCode());
    OneAdmin admin = new OneAdmin(config.kafka());
    try {
      LogInspector inspector = new LogInspector(config.kafka(), TIMEOUT, admin);
      TopicPlan topics =
          new TopicPlan(
              config.application(), generation(inspector, config, directory), config.shards());
      List<String> foreign = LocalStates.faults(directory, topics, config.application());
      if (!foreign.isEmpty()) {
        throw new NodeStartException(foreign);
      }
      Map<Integer, Position> positions = LocalStates.positions(directory, topics);
      LogFacts facts = compare(inspector, topics, positions, elsewhere);
      Map<Integer, Long> truncated = truncated(facts, positions);
      positions.keySet().removeAll(truncated.keySet());
      return new Prepared(
          topics,
          directory,
          admin.get(),
          create(admin.get(), topics, config.replication()),
          positions,
          truncated,
          facts.shards().stream().allMatch(shard -> shard.end() == 0));
    } catch (NodeStartException | InterruptedException | RuntimeException e) {
      admin.close();
      directory.close();
      throw e;
    }
  }

  /** The newest that there is anything of: an older log has been given up for it. */
  private static int generation(
      LogInspector inspector, StoreConfig config, StateDirectory directory)
      throws NodeStartException, InterruptedException {
    LogGeneration generation = inspector.generation(config.application());
    if (generation instanceof LogGeneration.Unreachable unreachable) {
      throw new NodeStartException(List.of(unreachable.detail()));
    }
    int here = LocalStates.newestGeneration(directory, config.application()).orElse(0);
    return Math.max(here, ((LogGeneration.Known) generation).newest().orElse(0));
  }

  private static Uuid create(Admin admin, TopicPlan topics, OptionalInt replication)
      throws NodeStartException, InterruptedException {
    TopicReport report = new TopicSetup(admin, TIMEOUT).ensure(topics, replication);
    if (report instanceof TopicReport.Ready ready) {
      ready.advice().forEach(advice -> LOG.warn("Topics: {}", advice));
      return Objects.requireNonNull(ready.ids().get(topics.logTopic()));
    }
    throw new NodeStartException(
        report instanceof TopicReport.Faulty faulty
            ? faulty.faults()
            : List.of(((TopicReport.Unreachable) report).detail()));
  }

  private static LogFacts compare(
      LogInspector inspector, TopicPlan topics, Map<Integer, Position> local, boolean elsewhere)
      throws NodeStartException, InterruptedException {
    LogInspection inspection = inspector.inspect(topics, local);
    if (inspection instanceof LogInspection.Unreachable unreachable) {
      throw new NodeStartException(List.of(unreachable.detail()));
    }
    LogFacts facts = ((LogInspection.Seen) inspection).facts();
    StartupVerdict verdict = StartupCheck.decide(topics, local, facts, elsewhere);
    if (verdict instanceof StartupVerdict.Refuse refuse) {
      throw new NodeStartException(refuse.reasons());
    }
    if (verdict instanceof StartupVerdict.Continue next) {
      next.notes().forEach(note -> LOG.info("Start: {}", note));
    }
    return facts;
  }

  private static Map<Integer, Long> truncated(LogFacts facts, Map<Integer, Position> local) {
    Map<Integer, Long> truncated = new TreeMap<>();
    for (LogFacts.Shard shard : facts.shards()) {
      Position position = local.get(shard.shard());
      if (shard.start() > 0 && (position == null || shard.start() > position.offset() + 1)) {
        truncated.put(shard.shard(), shard.start());
      }
    }
    return truncated;
  }
}
