package dev.weir.examples.embedded;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Orders as another service would publish them: the id as the key, a JSON object as the value. */
final class SampleOrders {

  static final String TOPIC = "shop.orders";

  private SampleOrders() {}

  /** Creates the topic if it is missing and publishes the orders 1 to {@code count}. */
  static void publish(String bootstrapServers, int count)
      throws ExecutionException, InterruptedException {
    Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
    try (Admin admin = Admin.create(kafka)) {
      Set<String> existing = admin.listTopics().names().get();
      if (!existing.contains(TOPIC)) {
        NewTopic topic = new NewTopic(TOPIC, Optional.of(3), Optional.empty());
        admin.createTopics(List.of(topic)).all().get();
      }
    }
    try (var producer =
        new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
      for (int id = 1; id <= count; id++) {
        String order =
            "{\"id\":%d,\"customer\":\"customer-%d\",\"cents\":%d}".formatted(id, id % 5, id * 250);
        var unused = producer.send(new ProducerRecord<>(TOPIC, Integer.toString(id), order));
      }
      producer.flush();
    }
  }
}
