package dev.weir.graph.kafka;

import dev.weir.store.log.ClientProperties;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Settings of the producers of runs: in order, once, and given up after half a minute. */
final class SendingProperties {
  /** After so long what is sent has arrived, or has failed. */
  static final int MOST_MILLIS = 30_000;

  private static final int REQUEST_MILLIS = 10_000;

  private SendingProperties() {}

  /**
   * The settings of one producer.
   *
   * @param defaults taken where the user says nothing
   * @param user the user's
   */
  static Map<String, Object> of(Map<String, ?> defaults, Map<String, ?> user) {
    return ClientProperties.merge(
        defaults,
        user,
        Map.of(
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            MOST_MILLIS,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            REQUEST_MILLIS,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            MOST_MILLIS,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class));
  }
}
