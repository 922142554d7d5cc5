package dev.weir.store.log;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the settings of a Kafka client together. */
public final class ClientProperties {

  private static final Logger LOG = LoggerFactory.getLogger(ClientProperties.class);

  private ClientProperties() {}

  /**
   * The settings of one client.
   *
   * @param defaults taken where the user says nothing
   * @param user the user's; win over the defaults
   * @param fixed what correctness rests on; win over everything, with a warning
   */
  public static Map<String, Object> merge(
      Map<String, ?> defaults, Map<String, ?> user, Map<String, ?> fixed) {
    Map<String, Object> merged = new TreeMap<>(defaults);
    merged.putAll(user);
    fixed.forEach(
        (name, value) -> {
          Object asked = user.get(name);
          if (asked != null && !asked.toString().equals(value.toString())) {
            LOG.warn("The Kafka setting {}={} is ignored: it has to be {}", name, asked, value);
          }
          merged.put(name, value);
        });
    return merged;
  }

  /**
   * The settings of a consumer that reads bytes, and keeps its places itself.
   *
   * @param defaults taken where the user says nothing
   * @param user the user's; win over the defaults
   * @param reset what it does about a place that is gone: {@code none} = throws, {@code earliest}
   */
  public static Map<String, Object> reading(
      Map<String, ?> defaults, Map<String, ?> user, String reset) {
    return merge(
        defaults,
        user,
        Map.of(
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ByteArrayDeserializer.class,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ByteArrayDeserializer.class,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            reset,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_uncommitted"));
  }
}
