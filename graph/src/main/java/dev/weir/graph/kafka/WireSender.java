package dev.weir.graph.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Appends records to the topic, in order for each partition, without linger: a superstep waits for
 * the last of them. Safe from any thread.
 */
final class WireSender implements AutoCloseable {

  private static final int BATCH_BYTES = 512 * 1024;
  private static final int BUFFER_BYTES = 32 * 1024 * 1024;
  private static final int REQUEST_BYTES = 8 * 1024 * 1024;
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final String topic;
  private final Producer<byte[], byte[]> producer;

  WireSender(Map<String, ?> client, String topic) {
    this.topic = topic;
    this.producer = new KafkaProducer<>(properties(client));
  }

  /**
   * Appends a record. Waits only while too much is on its way already.
   *
   * @return completes when it is there for good, or fails when it may not be
   */
  CompletableFuture<Void> send(int partition, RecordKey key, byte[] value) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(topic, partition, key.write(), value),
              (metadata, failure) -> {
                if (failure == null) {
                  sent.complete(null);
                } else {
                  sent.completeExceptionally(failure);
                }
              });
    } catch (KafkaException | IllegalStateException e) {
      sent.completeExceptionally(e);
    }
    return sent;
  }

  private static Map<String, Object> properties(Map<String, ?> client) {
    return SendingProperties.of(
        Map.of(
            ProducerConfig.CLIENT_ID_CONFIG,
            "weir-graph",
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.BATCH_SIZE_CONFIG,
            BATCH_BYTES,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            BUFFER_BYTES,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            REQUEST_BYTES),
        client);
  }

  /** Waits up to two seconds for what is on its way. */
  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
