package dev.weir.examples.social;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the social network to its source topics, each event once.
 *
 * <p>The events and their partitions are always the same, and a partition keeps their order. What a
 * partition holds is therefore a beginning of what it will hold, and its length tells where an
 * interrupted run goes on.
 */
public final class Publisher {

  /** Partitions of a source topic that this class creates. */
  public static final int PARTITIONS = 4;

  private final Map<String, Object> kafka;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * A publisher to one Kafka cluster.
   *
   * @param kafka properties of Kafka clients, with at least {@code bootstrap.servers}
   */
  public Publisher(Map<String, Object> kafka) {
    this.kafka = Map.copyOf(kafka);
  }

  /**
   * Creates the source topics that are missing.
   *
   * @throws PublishException if Kafka refuses or does not answer
   */
  public void createTopics() {
    try (Admin admin = Admin.create(kafka)) {
      Topics.createMissing(admin, PARTITIONS);
    } catch (ExecutionException | KafkaException e) {
      throw new PublishException("the source topics cannot be created: is Kafka running?", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Publishes the events that are not there yet and waits until Kafka has them. The topics must
   * exist.
   *
   * @param progress told the number of events that are there or on their way
   * @return how many events were published by this call
   * @throws PublishException if Kafka refuses or does not answer
   */
  public long publish(LongConsumer progress) {
    Map<TopicPartition, Long> ends = ends();
    long all = SocialNetwork.SNAPSHOT_EVENTS + SocialNetwork.UPDATE_EVENTS;
    if (ends.values().stream().mapToLong(end -> end).sum() >= all) {
      progress.accept(all);
      return 0;
    }
    Map<TopicPartition, Long> seen = new HashMap<>();
    long[] counts = new long[2];
    try (Producer<byte[], byte[]> producer = producer()) {
      SocialNetwork.replay(
          event -> {
            TopicPartition partition = partition(event, ends);
            long number = seen.merge(partition, 1L, Long::sum);
            if (number > ends.getOrDefault(partition, 0L)) {
              send(producer, event, partition);
              counts[1]++;
            }
            progress.accept(++counts[0]);
          });
      producer.flush();
      failOnError();
    }
    return counts[1];
  }

  private void send(
      Producer<byte[], byte[]> producer, SocialEvent event, TopicPartition partition) {
    failOnError();
    var unused =
        producer.send(
            new ProducerRecord<>(
                partition.topic(),
                partition.partition(),
                event.timestamp(),
                key(event),
                event.document()),
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
  }

  private void failOnError() {
    Exception e = failure.get();
    if (e != null) {
      throw new PublishException("Kafka did not take an event: publish again to go on", e);
    }
  }

  private static byte[] key(SocialEvent event) {
    return Long.toString(event.id()).getBytes(StandardCharsets.UTF_8);
  }

  private static TopicPartition partition(SocialEvent event, Map<TopicPartition, Long> ends) {
    String topic = event.kind().topic();
    int partitions = (int) ends.keySet().stream().filter(p -> p.topic().equals(topic)).count();
    return new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key(event))) % partitions);
  }

  private Map<TopicPartition, Long> ends() {
    try (Admin admin = Admin.create(kafka)) {
      return Topics.ends(admin);
    } catch (ExecutionException | KafkaException e) {
      throw new PublishException("the source topics cannot be read: were they created?", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Producer<byte[], byte[]> producer() {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("linger.ms", "5");
    properties.put("batch.size", "65536");
    properties.put("compression.type", "lz4");
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static PublishException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new PublishException("interrupted while talking to Kafka", e);
  }
}
