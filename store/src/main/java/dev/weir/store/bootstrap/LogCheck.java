package dev.weir.store.bootstrap;

import dev.weir.store.Position;
import dev.weir.store.log.LogFacts;
import dev.weir.store.log.LogInspection;
import dev.weir.store.log.LogInspector;
import dev.weir.store.log.StartupCheck;
import dev.weir.store.log.TopicPlan;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Asks Kafka about one shard of the log. Blocks. */
public final class LogCheck {
  private final LogInspector inspector;
  private final TopicPlan topics;

  /** Asks through an inspector. */
  public LogCheck(LogInspector inspector, TopicPlan topics) {
    this.inspector = inspector;
    this.topics = topics;
  }

  /** Why a state cannot go on from a position: the table of cases of a start; empty if it can. */
  Optional<String> objection(int shard, Position position)
      throws IOException, InterruptedException {
    LogFacts facts = facts(Map.of(shard, position));
    return StartupCheck.objection(topics, facts, shard, position);
  }

  /** The same of a position whose record was compared a short while ago. */
  Optional<String> lateObjection(int shard, Position position)
      throws IOException, InterruptedException {
    return StartupCheck.objection(topics, facts(Map.of()), shard, position);
  }

  /** The first record that a shard's log still has. */
  long start(int shard) throws IOException, InterruptedException {
    return facts(Map.of()).shards().stream()
        .filter(log -> log.shard() == shard)
        .mapToLong(LogFacts.Shard::start)
        .findFirst()
        .orElse(0);
  }

  private LogFacts facts(Map<Integer, Position> positions)
      throws IOException, InterruptedException {
    LogInspection inspection = inspector.inspect(topics, positions);
    if (inspection instanceof LogInspection.Unreachable unreachable) {
      throw new IOException(unreachable.detail());
    }
    return ((LogInspection.Seen) inspection).facts();
  }
}
