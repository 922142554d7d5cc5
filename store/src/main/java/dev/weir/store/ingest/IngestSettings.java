package dev.weir.store.ingest;

import dev.weir.store.log.TopicPlan;
import java.util.Map;
import java.util.Set;

/**
 * How ingest is set up on a node.
 *
 * @param topics names of the application's topics and groups, and its number of shards
 * @param client settings of all Kafka clients: bootstrap servers, security; never null
 * @param consumer further settings of the consumers of sources; they win over {@code client}, but
 *     not over group, deserializers, offset reset and commits
 * @param limits how large records may be
 * @param pace how fast it goes
 * @param acceptLostRecords names of the sources that go on with the oldest record they find where
 *     their topic has deleted records before they were read; every other source stops there and
 *     names the missing range
 */
public record IngestSettings(
    TopicPlan topics,
    Map<String, Object> client,
    Map<String, Object> consumer,
    ValueLimits limits,
    Pace pace,
    Set<String> acceptLostRecords) {
  public IngestSettings {
    client = Map.copyOf(client);
    consumer = Map.copyOf(consumer);
    acceptLostRecords = Set.copyOf(acceptLostRecords);
  }

  /** Default limits and pace; no loss is accepted. */
  public static IngestSettings of(TopicPlan topics, Map<String, Object> client) {
    return new IngestSettings(
        topics, client, Map.of(), ValueLimits.defaults(), Pace.defaults(), Set.of());
  }
}
