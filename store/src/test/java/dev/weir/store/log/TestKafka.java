package dev.weir.store.log;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A broker for tests, with what they do to it. */
public final class TestKafka implements AutoCloseable {

  private final EmbeddedKafka broker;
  private final Admin admin;

  public TestKafka(Path directory) {
    // Compaction is looked for often, so that a test can wait for it.
    broker =
        EmbeddedKafka.start(
            Options.in(directory).withBrokerProperty("log.cleaner.backoff.ms", "100"));
    admin = Admin.create(Map.copyOf(client()));
  }

  public Map<String, Object> client() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  public Admin admin() {
    return admin;
  }

  public void create(TopicPlan plan) throws Exception {
    create(plan.topics(1).get(0).newTopic());
  }

  public void create(NewTopic topic) throws Exception {
    admin.createTopics(List.of(topic)).all().get();
  }

  /** All records of a partition up to its present end. */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic, int partition) {
    TopicPartition tp = new TopicPartition(topic, partition);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(tp));
      consumer.seekToBeginning(List.of(tp));
      long end = consumer.endOffsets(List.of(tp)).get(tp);
      Deadline deadline = Deadline.in(Duration.ofSeconds(30));
      while (consumer.position(tp) < end && !deadline.passed()) {
        records.addAll(consumer.poll(Duration.ofMillis(200)).records(tp));
      }
    }
    return records;
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    broker.close();
  }
}
