package dev.weir.store.rebase;

import dev.weir.store.log.TopicPlan;
import dev.weir.store.snapshot.ObjectStore;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a clone becomes.
 *
 * @param application its name
 * @param shards how many it has: as many as it is a clone of
 * @param kafka properties for every Kafka client; {@code bootstrap.servers} at least
 * @param replication replicas of its topics; empty = 3, or as many as there are brokers
 * @param store where its snapshots are kept, and its nodes find what they begin with; not closed
 */
public record CloneTarget(
    String application,
    int shards,
    Map<String, Object> kafka,
    OptionalInt replication,
    ObjectStore store) {
  public CloneTarget {
    kafka = Map.copyOf(kafka);
  }

  TopicPlan plan(int generation) {
    return new TopicPlan(application, generation, shards);
  }
}
