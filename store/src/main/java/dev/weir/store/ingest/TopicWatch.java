package dev.weir.store.ingest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks up which topic bears a name now. Safe from any thread. */
final class TopicWatch {

  /**
   * A topic that exists.
   *
   * @param id Kafka's id; a recreated topic has another one
   * @param partitions number of its partitions
   */
  record Facts(Uuid id, int partitions) {}

  private final Admin admin;
  private final String topic;

  TopicWatch(Admin admin, String topic) {
    this.admin = admin;
    this.topic = topic;
  }

  /**
   * Asks Kafka.
   *
   * @return empty if there is no such topic
   * @throws KafkaException if Kafka does not say it in time
   */
  Optional<Facts> ask(Duration timeout) {
    try {
      Map<String, TopicDescription> all =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      TopicDescription found = all.get(topic);
      if (found == null) {
        return Optional.empty();
      }
      return Optional.of(new Facts(found.topicId(), found.partitions().size()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
    } catch (java.util.concurrent.TimeoutException e) {
      throw new TimeoutException("no answer from Kafka within " + timeout.toMillis() + " ms");
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
