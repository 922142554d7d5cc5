package dev.weir.store.node;

import dev.weir.store.log.TopicPlan;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of Kafka Streams that Weir stands on, over what the user passes through. */
final class StreamsSettings {
  /** Standbys trail the active by about two commit intervals. */
  private static final int COMMIT_INTERVAL_MILLIS = 100;

  private static final int SESSION_TIMEOUT_MILLIS = 6_000;
  private static final int HEARTBEAT_MILLIS = 1_500;

  private StreamsSettings() {}

  /** What a user's setting would break. */
  static List<String> faults(Map<String, Object> kafka) {
    return FIXED.keySet().stream()
        .filter(kafka::containsKey)
        .sorted()
        .map(name -> "kafka." + name + " is set by Weir: remove it")
        .toList();
  }

  private static final Map<String, Object> FIXED =
      Map.of(
          StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
          StreamsConfig.AT_LEAST_ONCE,
          StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
          true,
          StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
          0,
          StreamsConfig.TASK_TIMEOUT_MS_CONFIG,
          Long.MAX_VALUE,
          StreamsConfig.GROUP_PROTOCOL_CONFIG,
          "classic");

  static Properties of(StoreConfig config, TopicPlan topics, Path directory, String nodeId) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MILLIS);
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        SESSION_TIMEOUT_MILLIS);
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        HEARTBEAT_MILLIS);
    settings.putAll(config.kafka());
    settings.putAll(FIXED);
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
