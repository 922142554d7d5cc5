package dev.weir.examples.social;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** The source topics on a broker. */
final class Topics {

  /** The events are years old: with the broker's default they would be deleted at once. */
  private static final Map<String, String> SETTINGS = Map.of("retention.ms", "-1");

  private Topics() {}

  /** Creates the topics that are missing, with as many replicas as the broker gives by default. */
  static void createMissing(Admin admin, int partitions)
      throws ExecutionException, InterruptedException {
    Set<String> existing = admin.listTopics().names().get();
    List<NewTopic> missing = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (!existing.contains(kind.topic())) {
        missing.add(
            new NewTopic(kind.topic(), Optional.of(partitions), Optional.empty())
                .configs(SETTINGS));
      }
    }
    admin.createTopics(missing).all().get();
  }

  /** The number of records ever written to each partition of the topics. */
  static Map<TopicPartition, Long> ends(Admin admin)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    List<String> names = List.of(Kind.values()).stream().map(Kind::topic).toList();
    for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(
              p ->
                  wanted.put(new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin.listOffsets(wanted).all().get().forEach((p, info) -> ends.put(p, info.offset()));
    return ends;
  }
}
