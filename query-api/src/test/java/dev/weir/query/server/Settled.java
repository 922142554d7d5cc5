package dev.weir.query.server;

import dev.weir.store.Role;
import java.time.Duration;
import java.util.Collection;
import java.util.IntSummaryStatistics;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Waits until nodes have shared their shards: nodes are ready before that, and who takes Kafka away
 * while shards move has to do with two things at once.
 */
final class Settled {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Settled() {}

  static void await(Collection<Weir> nodes, int shards) {
    org.awaitility.Awaitility.await().atMost(PATIENCE).until(() -> isSettled(nodes, shards));
  }

  private static boolean isSettled(Collection<Weir> nodes, int shards) {
    IntSummaryStatistics actives = nodes.stream().mapToInt(Settled::actives).summaryStatistics();
    return actives.getSum() == shards
        && actives.getMax() - actives.getMin() <= 1
        && nodes.stream()
            .allMatch(node -> node.store().streams().state() == KafkaStreams.State.RUNNING);
  }

  private static int actives(Weir node) {
    return (int)
        node.store().shards().stream()
            .filter(shard -> shard.role() == Role.ACTIVE && shard.serving())
            .count();
  }
}
