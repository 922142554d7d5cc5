package dev.weir.store.log;

import dev.weir.store.write.LogFormat;
import dev.weir.store.write.LogRecord;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends to the log with an idempotent producer that waits for all in-sync replicas.
 *
 * <p>A producer that can send no more after an error is replaced with the next append. What it had
 * not got through fails and may still arrive, as with any failed append. {@link #append} blocks
 * while the buffer is full or the log's partitions are unknown, at most for the tuning's room.
 */
public final class LogProducer implements LogAppender, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogProducer.class);

  private final String topic;
  private final int generation;
  private final boolean lingers;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final Flusher flusher;
  private final Doorway doorway;

  /** Guards changes of {@link #current} and {@link #closed}. */
  private final Object producerLock = new Object();

  private volatile @Nullable Producer<byte[], byte[]> current;
  private volatile boolean closed;

  /**
   * A producer for the log of a plan; connects with the first append.
   *
   * @param client settings of Kafka clients, at least {@code bootstrap.servers}; they win over the
   *     tuning, but not over what the log's order and durability rest on
   */
  public LogProducer(Map<String, ?> client, TopicPlan plan, LogProducerTuning tuning) {
    this(plan, tuning, () -> new KafkaProducer<>(properties(client, tuning)));
  }

  LogProducer(
      TopicPlan plan, LogProducerTuning tuning, Supplier<Producer<byte[], byte[]>> producers) {
    this.topic = plan.logTopic();
    this.generation = plan.generation();
    this.lingers = !tuning.linger().isZero();
    this.producers = producers;
    this.doorway =
        new Doorway(tuning.room().compareTo(tuning.deliveryTimeout()) < 0, System::nanoTime);
    this.flusher = new Flusher(tuning.clientId() + "-flush");
  }

  private static Map<String, Object> properties(Map<String, ?> client, LogProducerTuning tuning) {
    int delivery = (int) tuning.deliveryTimeout().toMillis();
    return ClientProperties.merge(
        Map.of(
            ProducerConfig.CLIENT_ID_CONFIG, tuning.clientId(),
            ProducerConfig.LINGER_MS_CONFIG, tuning.linger().toMillis(),
            ProducerConfig.COMPRESSION_TYPE_CONFIG, tuning.compression(),
            ProducerConfig.BATCH_SIZE_CONFIG, tuning.batchBytes(),
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, delivery / 3),
            ProducerConfig.MAX_BLOCK_MS_CONFIG, tuning.room().toMillis()),
        client,
        Map.of(
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicPlan.MAX_MESSAGE_BYTES,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class));
  }

  @Override
  public CompletableFuture<Long> append(int shard, LogRecord record, long timestamp) {
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(
            topic,
            shard,
            Math.max(0, timestamp),
            LogFormat.key(record),
            LogFormat.value(record, generation));
    CompletableFuture<Long> appended = new CompletableFuture<>();
    if (!doorway.enter()) {
      appended.completeExceptionally(
          new NotAppendedException("others wait for the log's partitions or for room already"));
      return appended;
    }
    try {
      send(message, appended);
    } catch (KafkaException | IllegalStateException e) {
      appended.completeExceptionally(e);
    } finally {
      doorway.leave();
    }
    return appended;
  }

  private void send(ProducerRecord<byte[], byte[]> message, CompletableFuture<Long> appended) {
    Producer<byte[], byte[]> producer = producer();
    try {
      send(producer, message, appended);
    } catch (KafkaException | IllegalStateException e) {
      if (!ProducerErrors.endProducer(e)) {
        throw e;
      }
      // The record was not taken, so there is no harm in trying once more.
      replace(producer, e);
      send(producer(), message, appended);
    }
  }

  private void send(
      Producer<byte[], byte[]> producer,
      ProducerRecord<byte[], byte[]> message,
      CompletableFuture<Long> appended) {
    Thread sender = Thread.currentThread();
    Future<RecordMetadata> unused =
        producer.send(
            message,
            (metadata, error) -> {
              if (error == null) {
                appended.complete(metadata.offset());
                return;
              }
              if (ProducerErrors.endProducer(error)) {
                replace(producer, error);
              }
              boolean taken = !Thread.currentThread().equals(sender);
              appended.completeExceptionally(
                  taken || !(error instanceof TimeoutException)
                      ? error
                      : new NotAppendedException(error.toString()));
            });
  }

  @Override
  public void flush() {
    Producer<byte[], byte[]> producer = current;
    if (lingers && producer != null) {
      flusher.flush(producer);
    }
  }

  private Producer<byte[], byte[]> producer() {
    Producer<byte[], byte[]> producer = current;
    if (producer != null) {
      return producer;
    }
    synchronized (producerLock) {
      if (closed) {
        throw new IllegalStateException("the log's producer is closed: this node is stopping");
      }
      producer = current;
      if (producer == null) {
        producer = producers.get();
        current = producer;
      }
      return producer;
    }
  }

  private void replace(Producer<byte[], byte[]> broken, Exception error) {
    synchronized (producerLock) {
      if (current != broken || closed) {
        return;
      }
      current = null;
    }
    LOG.warn("The producer of {} cannot go on and is replaced", topic, error);
    broken.close(Duration.ZERO);
  }

  /** Sends what is buffered, waits for it up to five seconds, and ends; later appends fail. */
  @Override
  public void close() {
    Producer<byte[], byte[]> last;
    synchronized (producerLock) {
      closed = true;
      last = current;
      current = null;
    }
    flusher.close();
    if (last != null) {
      last.close(Duration.ofSeconds(5));
    }
  }
}
