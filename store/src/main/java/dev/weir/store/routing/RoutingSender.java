package dev.weir.store.routing;

import dev.weir.store.log.ClientProperties;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Appends single records to the routing topic and waits for each. Used by one thread at a time. */
final class RoutingSender implements AutoCloseable {

  private static final int MAX_REQUEST_BYTES = 8 * 1024 * 1024;

  private final Map<String, ?> client;
  private final String topic;
  private @Nullable Producer<byte[], byte[]> producer;

  RoutingSender(Map<String, ?> client, String topic) {
    this.client = client;
    this.topic = topic;
  }

  /** A record is not known to be there; it may arrive later all the same. */
  static final class NotSentException extends Exception {
    private static final long serialVersionUID = 1L;

    NotSentException(Throwable cause) {
      super(cause.toString(), cause);
    }
  }

  /**
   * Appends a record.
   *
   * @param value null = the node leaves
   * @return its offset
   */
  long send(String node, byte @Nullable [] value, Duration timeout) throws NotSentException {
    return send(new ProducerRecord<>(topic, 0, AnnouncementFormat.key(node), value), timeout);
  }

  /** Appends the record by which a node leaves of its own accord; returns its offset. */
  long leave(String node, Duration timeout) throws NotSentException {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, 0, AnnouncementFormat.key(node), null);
    record.headers().add(AnnouncementFormat.LEFT, new byte[0]);
    return send(record, timeout);
  }

  private long send(ProducerRecord<byte[], byte[]> record, Duration timeout)
      throws NotSentException {
    try {
      return producer(timeout)
          .send(record)
          .get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS)
          .offset();
    } catch (ExecutionException | TimeoutException | KafkaException | IllegalStateException e) {
      // A new one forgets what the old one still wants to send, which would be out of date.
      close();
      throw new NotSentException(
          e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private Producer<byte[], byte[]> producer(Duration timeout) {
    if (producer == null) {
      producer = new KafkaProducer<>(properties((int) timeout.toMillis()));
    }
    return producer;
  }

  private Map<String, Object> properties(int millis) {
    return ClientProperties.merge(
        Map.of(ProducerConfig.CLIENT_ID_CONFIG, "weir-routing"),
        client,
        Map.of(
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            millis,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            millis,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            millis,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            MAX_REQUEST_BYTES,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class));
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }
}
