package dev.weir.bench.feed;

import dev.weir.bench.Documents;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
 * A topic of {@link Documents}: document {@code n} lies in partition {@code n mod partitions} under
 * its key as Kafka's own serializer writes it.
 *
 * @param bootstrapServers of the broker
 * @param name of the topic
 * @param partitions of the topic
 */
public record SourceTopic(String bootstrapServers, String name, int partitions) {
  private static final int PACE_RECORDS = 200;

  /** Creates the topic. */
  public void create() throws InterruptedException, ExecutionException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    }
  }

  /** Writes documents {@code from} to {@code to - 1} as fast as possible. */
  public void fill(long from, long to) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<Long, byte[]> producer = producer()) {
      for (long number = from; number < to; number++) {
        send(producer, number, failure);
      }
      producer.flush();
    }
    refuse(failure);
  }

  /**
   * Writes existing documents again, at a steady rate, until told to stop.
   *
   * @param documents how many there are
   * @param perSecond records a second
   */
  public void rewrite(int documents, int perSecond, BooleanSupplier stop) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<Long, byte[]> producer = producer()) {
      Pace pace = new Pace(perSecond);
      for (long sent = 0; !stop.getAsBoolean(); sent++) {
        send(producer, Documents.key(sent) % documents, failure);
        if (sent % PACE_RECORDS == 0) {
          pace.await(sent);
        }
      }
    }
    refuse(failure);
  }

  /** Writes documents {@code from} to {@code to - 1} at a steady rate. */
  public void trickle(long from, long to, int perSecond) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<Long, byte[]> producer = producer()) {
      Pace pace = new Pace(perSecond);
      for (long number = from; number < to; number++) {
        send(producer, number, failure);
        pace.await(number - from);
      }
    }
    refuse(failure);
  }

  private void send(
      KafkaProducer<Long, byte[]> producer, long number, AtomicReference<Exception> failure) {
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                name, (int) (number % partitions), Documents.key(number), Documents.json(number)),
            (metadata, e) -> failure.compareAndSet(null, e));
  }

  private static void refuse(AtomicReference<Exception> failure) {
    if (failure.get() != null) {
      throw new IllegalStateException("a record was not written", failure.get());
    }
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

  /** Holds a steady rate by waiting for each step's moment. */
  public static final class Pace {
    private final long start = System.nanoTime();
    private final double nanosEach;

    /** A rate from now on. */
    public Pace(int perSecond) {
      this.nanosEach = 1e9 / perSecond;
    }

    /** Waits until so many were due. */
    public void await(long count) {
      long wait = start + (long) (count * nanosEach) - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      }
    }
  }
}
