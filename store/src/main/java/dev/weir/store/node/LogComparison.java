package dev.weir.store.node;

import dev.weir.store.Position;
import dev.weir.store.log.LogFacts;
import dev.weir.store.log.LogInspection;
import dev.weir.store.log.LogInspector;
import dev.weir.store.log.StartupCheck;
import dev.weir.store.log.StartupVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Compares the states that lie in a node's directory with the log once more, before Kafka Streams
 * is started over them again: what ended it may have been that the log was lost, or replaced.
 */
final class LogComparison {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final StoreConfig config;
  private final Preflight.Prepared prepared;
  private final boolean elsewhere;

  /**
   * Compares with the log that a node began with.
   *
   * @param elsewhere whether states that end before the log begins can be replaced
   */
  LogComparison(StoreConfig config, Preflight.Prepared prepared, boolean elsewhere) {
    this.config = config;
    this.prepared = prepared;
    this.elsewhere = elsewhere;
  }

  /**
   * Compares; asks Kafka, and objects to nothing if it does not answer.
   *
   * @param states positions by shard
   * @throws IllegalStateException with every reason, if the log does not go on from them
   */
  void check(Map<Integer, Position> states) {
    List<String> reasons = reasons(states);
    if (!reasons.isEmpty()) {
      throw new IllegalStateException(String.join("; ", reasons));
    }
  }

  private List<String> reasons(Map<Integer, Position> states) {
    LogInspector inspector = new LogInspector(config.kafka(), TIMEOUT, prepared::admin);
    LogInspection inspection;
    try {
      inspection = inspector.inspect(prepared.topics(), states);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
    if (!(inspection instanceof LogInspection.Seen seen)) {
      return List.of();
    }
    LogFacts facts = seen.facts();
    if (StartupCheck.decide(prepared.topics(), states, facts, elsewhere)
        instanceof StartupVerdict.Refuse refuse) {
      return refuse.reasons();
    }
    return prepared.logId().equals(facts.logId())
        ? List.of()
        : List.of(
            "the topic %s had the id %s when this node started and has %s now: start the node again"
                .formatted(prepared.topics().logTopic(), prepared.logId(), facts.logId()));
  }
}
