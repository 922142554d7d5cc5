package dev.weir.store.node;

import dev.weir.store.log.TopicPlan;
import dev.weir.store.placement.Location;
import dev.weir.store.placement.RackTaskAssignor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of Kafka Streams that Weir stands on, over what the user passes through. */
final class StreamsSettings {
  /** Standbys trail the active by about two commit intervals. */
  private static final int COMMIT_INTERVAL_MILLIS = 100;

  /** The shortest that an unchanged broker allows. Survivors evict a dead node long before. */
  private static final int SESSION_TIMEOUT_MILLIS = 6_000;

  /** By heartbeats a member learns that the group changes: this is part of every failover. */
  private static final int HEARTBEAT_MILLIS = 300;

  /**
   * However long Kafka is away, tasks wait for it. Streams adds this to the clock, so that the
   * largest number would be a deadline in the past and end the thread at the second time-out.
   */
  private static final long TASK_TIMEOUT_MILLIS = Duration.ofDays(100 * 365).toMillis();

  private static final String SESSION_TIMEOUT =
      StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);

  private StreamsSettings() {}

  /** What a user's settings would break; empty = nothing. */
  static List<String> faults(Map<String, Object> kafka) {
    List<String> faults = new ArrayList<>();
    GroupProtocol.fault(kafka)
        .ifPresent(fault -> faults.add("kafka.group.protocol=" + fault + ": remove it"));
    FIXED.keySet().stream()
        .filter(name -> !name.equals(StreamsConfig.GROUP_PROTOCOL_CONFIG))
        .filter(kafka::containsKey)
        .sorted()
        .forEach(name -> faults.add("kafka." + name + " is set by Weir: remove it"));
    return faults;
  }

  private static final Map<String, Object> FIXED =
      Map.of(
          StreamsConfig.TASK_ASSIGNOR_CLASS_CONFIG,
          RackTaskAssignor.class.getName(),
          StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
          StreamsConfig.AT_LEAST_ONCE,
          StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
          true,
          StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
          0,
          StreamsConfig.TASK_TIMEOUT_MS_CONFIG,
          TASK_TIMEOUT_MILLIS,
          StreamsConfig.GROUP_PROTOCOL_CONFIG,
          "classic");

  /**
   * The group instance ids of a node's stream threads. Streams adds the number of the thread to the
   * configured one.
   */
  static List<String> instances(String nodeId, int threads) {
    return IntStream.rangeClosed(1, threads).mapToObj(thread -> nodeId + "-" + thread).toList();
  }

  /** After how long without a heartbeat Kafka takes a member for dead. */
  static Duration sessionTimeout(Map<String, Object> kafka) {
    for (String name :
        List.of(
            StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
            SESSION_TIMEOUT,
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG)) {
      Object set = kafka.get(name);
      if (set != null) {
        return Duration.ofMillis(Long.parseLong(set.toString()));
      }
    }
    return Duration.ofMillis(SESSION_TIMEOUT_MILLIS);
  }

  static Properties of(StoreConfig config, TopicPlan topics, Path directory, String nodeId) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MILLIS);
    settings.put(SESSION_TIMEOUT, (int) sessionTimeout(config.kafka()).toMillis());
    settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), nodeId);
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        HEARTBEAT_MILLIS);
    settings.putAll(config.kafka());
    settings.putAll(FIXED);
    settings.putAll(RackTaskAssignor.settings(config.placement()));
    Location.parse(config.local().rack())
        .tags()
        .forEach((name, value) -> settings.put(StreamsConfig.clientTagPrefix(name), value));
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, topics.streamsApplicationId());
    settings.put(StreamsConfig.CLIENT_ID_CONFIG, topics.streamsApplicationId() + "-" + nodeId);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.local().threads());
    settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.replicas() - 1);
    Properties properties = new Properties();
    properties.putAll(settings);
    return properties;
  }
}
