package dev.weir.store.letter;

import dev.weir.store.log.ClientProperties;
import dev.weir.store.log.TopicPlan;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends letters to where they came from. Confined to one thread. */
final class LetterSender implements AutoCloseable {
  private static final int MILLIS = 10_000;

  private final KafkaProducer<byte[], byte[]> producer;

  LetterSender(Map<String, ?> client) {
    this.producer = new KafkaProducer<>(properties(client));
  }

  /** Sends one; with its own key it goes to the partition that it was in. */
  Replay.Done send(DeadLetter letter, Replay.Correction correction) throws IOException {
    DeadLetter.Origin origin = letter.origin();
    byte[] key = correction.key().map(Replay.Part::bytes).orElse(null);
    byte[] value = correction.value().map(Replay.Part::bytes).orElse(null);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            origin.topic(),
            correction.key().isPresent() ? null : partition(origin),
            origin.timestamp() < 0 ? null : origin.timestamp(),
            correction.key().isPresent() ? key : letter.content().key(),
            correction.value().isPresent() ? value : letter.content().value(),
            letter.content().headers());
    LetterHeaders.add(record.headers(), LetterHeaders.REPLAY_OF, Long.toString(letter.id()));
    RecordMetadata sent = send(record);
    return new Replay.Done(sent.topic(), sent.partition(), sent.offset());
  }

  /** Where it was, if there is such a partition; null = as the topic's records are divided. */
  private @Nullable Integer partition(DeadLetter.Origin origin) throws IOException {
    try {
      return origin.partition() >= 0
              && origin.partition() < producer.partitionsFor(origin.topic()).size()
          ? origin.partition()
          : null;
    } catch (KafkaException e) {
      throw refused(origin.topic(), e);
    }
  }

  /** Remembers that a letter was sent. */
  void mark(TopicPartition letters, long id) throws IOException {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(letters.topic(), letters.partition(), null, null);
    LetterHeaders.add(record.headers(), LetterHeaders.REPLAYED, Long.toString(id));
    RecordMetadata unused = send(record);
  }

  private RecordMetadata send(ProducerRecord<byte[], byte[]> record) throws IOException {
    try {
      return producer.send(record).get();
    } catch (KafkaException e) {
      throw refused(record.topic(), e);
    } catch (ExecutionException e) {
      throw refused(record.topic(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the node is closing");
    }
  }

  private static IOException refused(String topic, @Nullable Throwable cause) {
    return new IOException("Kafka did not confirm the record in " + topic + ": " + cause, cause);
  }

  private static Map<String, Object> properties(Map<String, ?> client) {
    return ClientProperties.merge(
        Map.of(),
        client,
        Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            MILLIS,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            MILLIS / 2,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            MILLIS,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            TopicPlan.MAX_DEAD_LETTER_BYTES,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class));
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
