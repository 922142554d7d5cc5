package dev.weir.bench.bootstrap;

import dev.weir.bench.Documents;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;

/**
 * A topic of JSON documents of 1,000 bytes that hardly compress, under the keys of {@link
 * Documents}: document {@code n} lies in partition {@code n mod partitions}.
 *
 * @param bootstrapServers of the broker
 * @param name of the topic
 * @param partitions of the topic
 */
record StateTopic(String bootstrapServers, String name, int partitions) {
  static final int DOCUMENT_BYTES = 1000;

  private static final byte[] LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(StandardCharsets.US_ASCII);

  /** Creates the topic. */
  void create(Map<String, String> settings) throws InterruptedException, ExecutionException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
          .all()
          .get();
    }
  }

  /**
   * Writes documents {@code from} to {@code to - 1}.
   *
   * @param round other rounds have other bytes
   */
  void fill(int round, long from, long to) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<Long, byte[]> producer = producer()) {
      for (long number = from; number < to; number++) {
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(
                    name,
                    (int) (number % partitions),
                    Documents.key(number),
                    document(number, round)),
                (metadata, e) -> failure.compareAndSet(null, e));
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("a record was not written", failure.get());
    }
  }

  private static byte[] document(long number, int round) {
    String head = "{\"number\":" + number + ",\"round\":" + round + ",\"text\":\"";
    byte[] document = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), DOCUMENT_BYTES);
    long random = Documents.key(number * 31 + round) | 1;
    for (int i = head.length(); i < DOCUMENT_BYTES - 2; i++) {
      random ^= random << 13;
      random ^= random >>> 7;
      random ^= random << 17;
      document[i] = LETTERS[(int) (random & 63)];
    }
    document[DOCUMENT_BYTES - 2] = '"';
    document[DOCUMENT_BYTES - 1] = '}';
    return document;
  }

  private KafkaProducer<Long, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.LINGER_MS_CONFIG,
            10,
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 * 1024),
        new LongSerializer(),
        new ByteArraySerializer());
  }
}
