package dev.weir.store.ingest;

import dev.weir.store.letter.LetterHeaders;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;

/**
 * Keeps bad records in a topic: key and value as they were, the original headers, and headers of
 * its own whose names begin with {@code weir.}, all UTF-8 text. A record may be there twice after a
 * fault; its origin tells.
 *
 * <p>If the topic does not take a record for its size, the value is left out, then key and original
 * headers too; {@code weir.omitted} names what is missing. Thread-safe.
 */
final class KafkaDeadLetters implements DeadLetters, AutoCloseable {

  private static final int MAX_DETAIL = 1_000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final String topic;

  KafkaDeadLetters(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /** How much of a record is kept. */
  private enum Part {
    ALL,
    NO_VALUE,
    ORIGIN
  }

  @Override
  public CompletionStage<?> keep(
      String source, ConsumerRecord<byte[], byte[]> record, Mapped.Poison poison) {
    CompletableFuture<Void> kept = new CompletableFuture<>();
    send(new Letter(source, record, poison), Part.ALL, kept);
    return kept;
  }

  private record Letter(
      String source, ConsumerRecord<byte[], byte[]> record, Mapped.Poison poison) {}

  private void send(Letter letter, Part part, CompletableFuture<Void> kept) {
    Future<RecordMetadata> unused =
        producer.send(
            toRecord(letter, part),
            (metadata, error) -> {
              if (error == null) {
                kept.complete(null);
              } else if (error instanceof RecordTooLargeException && part != Part.ORIGIN) {
                send(letter, part == Part.ALL ? Part.NO_VALUE : Part.ORIGIN, kept);
              } else {
                kept.completeExceptionally(error);
              }
            });
  }

  private ProducerRecord<byte[], byte[]> toRecord(Letter letter, Part part) {
    ConsumerRecord<byte[], byte[]> record = letter.record();
    ProducerRecord<byte[], byte[]> out =
        new ProducerRecord<>(
            topic,
            null,
            null,
            part == Part.ORIGIN ? null : record.key(),
            part == Part.ALL ? record.value() : null,
            part == Part.ORIGIN ? null : record.headers());
    Headers headers = out.headers();
    LetterHeaders.add(headers, LetterHeaders.REASON, letter.poison().reason().text());
    String detail = letter.poison().detail();
    LetterHeaders.add(
        headers, LetterHeaders.DETAIL, detail.substring(0, Math.min(MAX_DETAIL, detail.length())));
    LetterHeaders.add(headers, LetterHeaders.SOURCE, letter.source());
    LetterHeaders.add(headers, LetterHeaders.TOPIC, record.topic());
    LetterHeaders.add(headers, LetterHeaders.PARTITION, Integer.toString(record.partition()));
    LetterHeaders.add(headers, LetterHeaders.OFFSET, Long.toString(record.offset()));
    LetterHeaders.add(headers, LetterHeaders.TIMESTAMP, Long.toString(record.timestamp()));
    if (part == Part.NO_VALUE) {
      LetterHeaders.add(headers, LetterHeaders.OMITTED, "value");
    } else if (part == Part.ORIGIN) {
      LetterHeaders.add(headers, LetterHeaders.OMITTED, "key,value,headers");
    }
    return out;
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
