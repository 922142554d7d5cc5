package dev.weir.store.ingest;

import dev.weir.store.log.TopicPlan;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the Kafka clients of ingest. Immutable. */
final class KafkaClients {

  private static final int DEAD_LETTER_BLOCK_MILLIS = 10_000;

  private final IngestSettings settings;

  KafkaClients(IngestSettings settings) {
    this.settings = settings;
  }

  Admin admin() {
    return Admin.create(settings.client());
  }

  /** A consumer in the group of a source, not subscribed yet. */
  Consumer<byte[], byte[]> consumer(String source) {
    Map<String, Object> config = new HashMap<>();
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    // Every source has buffers of its own on every node.
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
    // New partitions hold records that nobody reads until they are noticed.
    config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
    // The shortest session that a stock broker allows: a dead node's partitions are read on soon.
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
    config.putAll(settings.client());
    config.putAll(settings.consumer());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.topics().ingestGroup(source));
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A producer for records of any size that the dead letters may have. */
  Producer<byte[], byte[]> deadLetterProducer() {
    Map<String, Object> config = new HashMap<>(settings.client());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DEAD_LETTER_BLOCK_MILLIS);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicPlan.MAX_DEAD_LETTER_BYTES);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
