package dev.weir.store.streams;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients of one instance of Kafka Streams. After a rebalance its threads wait for each other:
 * Kafka Streams has closed the tasks that a thread gives up when it tells of the new partitions,
 * and opens those that it gets after that (a test pins this).
 */
public final class SettlingClients implements KafkaClientSupplier {
  /** No more than a thread that comes too early would have to wait. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Siblings siblings;

  /** Clients of one instance. */
  public SettlingClients() {
    this(PATIENCE);
  }

  /**
   * Clients of one instance.
   *
   * @param patience how long a thread waits for the others, at most
   */
  SettlingClients(Duration patience) {
    this.siblings = new Siblings(patience);
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new Member(config, siblings);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A stream thread's member of the group. */
  private static final class Member extends KafkaConsumer<byte[], byte[]> {
    private final Siblings siblings;

    Member(Map<String, Object> config, Siblings siblings) {
      super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      this.siblings = siblings;
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
      super.subscribe(topics, new Settling(listener));
    }

    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
      super.subscribe(pattern, new Settling(listener));
    }

    /** Tells the siblings after Kafka Streams has been told; called on the stream thread. */
    private final class Settling implements ConsumerRebalanceListener {
      private final ConsumerRebalanceListener streams;

      Settling(ConsumerRebalanceListener streams) {
        this.streams = streams;
      }

      @Override
      public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        streams.onPartitionsAssigned(partitions);
        try {
          siblings.settled(Member.this, groupMetadata().generationId());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }

      @Override
      public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        streams.onPartitionsRevoked(partitions);
      }

      @Override
      public void onPartitionsLost(Collection<TopicPartition> partitions) {
        streams.onPartitionsLost(partitions);
      }
    }
  }
}
