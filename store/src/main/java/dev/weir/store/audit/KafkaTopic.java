package dev.weir.store.audit;

import dev.weir.store.SourceDefinition;
import dev.weir.store.ingest.CommitNote;
import dev.weir.store.log.ClientProperties;
import dev.weir.store.log.TopicPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** A source's topic in Kafka, read with clients of its own and no group. */
public final class KafkaTopic implements AuditedTopic {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);

  private final SourceDefinition source;
  private final String group;
  private final Uuid logId;
  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * The topic of a source.
   *
   * @param client settings of Kafka clients, at least {@code bootstrap.servers}
   * @param topics names of the application's groups
   * @param logId Kafka's id of the application's log
   */
  public KafkaTopic(Map<String, ?> client, TopicPlan topics, Uuid logId, SourceDefinition source) {
    this.source = source;
    this.group = topics.ingestGroup(source.name());
    this.logId = logId;
    Map<String, Object> reading =
        new HashMap<>(
            ClientProperties.reading(
                Map.of(
                    ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                    4 << 20,
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    false),
                client,
                "none"));
    // What was never committed is no event, for ingest as for those who look after it.
    reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    reading.remove(ConsumerConfig.GROUP_ID_CONFIG);
    this.admin = Admin.create(new HashMap<>(client));
    try {
      this.consumer = new KafkaConsumer<>(reading);
    } catch (KafkaException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  @Override
  public TopicFacts look() throws AuditStoppedException {
    try {
      TopicDescription topic =
          get(admin.describeTopics(List.of(source.topic())).allTopicNames()).get(source.topic());
      if (topic == null) {
        throw new AuditStoppedException(what() + " does not exist");
      }
      List<TopicPartition> all = partitions(topic.partitions().size());
      Map<TopicPartition, Long> starts = offsets(all, OffsetSpec.earliest());
      Map<TopicPartition, OffsetAndMetadata> committed =
          get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
      // Last of all: what is committed by now was done before these ends.
      Map<TopicPartition, Long> ends = offsets(all, OffsetSpec.latest());
      List<TopicFacts.Partition> facts = new ArrayList<>();
      for (TopicPartition each : all) {
        facts.add(
            partition(
                starts.getOrDefault(each, 0L),
                ends.getOrDefault(each, 0L),
                committed.get(each),
                topic.topicId()));
      }
      return new TopicFacts(topic.topicId(), compacts(), facts);
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which)
      throws AuditStoppedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(each -> wanted.put(each, which));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    get(admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all())
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  private TopicFacts.Partition partition(
      long start, long end, @Nullable OffsetAndMetadata committed, Uuid topicId) {
    if (committed == null) {
      return new TopicFacts.Partition(start, end, -1, -1);
    }
    CommitNote note = CommitNote.parse(committed.metadata());
    if (note == null) {
      return new TopicFacts.Partition(start, end, committed.offset(), -1);
    }
    return isOurs(note, topicId)
        ? new TopicFacts.Partition(start, end, committed.offset(), note.begin())
        : new TopicFacts.Partition(start, end, -1, -1);
  }

  private boolean isOurs(CommitNote note, Uuid topicId) {
    return note.log().equals(logId)
        && note.source() == source.id()
        && note.revision() == source.revision()
        && note.topicId().equals(topicId);
  }

  /** Who may not ask for the settings of a topic cannot know. */
  private boolean compacts() throws AuditStoppedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, source.topic());
    try {
      Config config = get(admin.describeConfigs(List.of(resource)).all()).get(resource);
      ConfigEntry policy = config == null ? null : config.get("cleanup.policy");
      return policy == null || policy.value() == null || policy.value().contains("compact");
    } catch (KafkaException e) {
      return true;
    }
  }

  @Override
  public List<Long> read(List<Long> from, List<Long> to, Taker taker) throws AuditStoppedException {
    List<Long> began = new ArrayList<>(from);
    List<TopicPartition> wanted =
        partitions(from.size()).stream()
            .filter(each -> from.get(each.partition()) < to.get(each.partition()))
            .toList();
    try {
      consumer.assign(wanted);
      wanted.forEach(each -> consumer.seek(each, from.get(each.partition())));
      long heard = System.nanoTime();
      for (List<TopicPartition> left = wanted; !left.isEmpty(); left = left(left, to)) {
        Iterable<ConsumerRecord<byte[], byte[]>> records = poll(began);
        boolean any = false;
        for (ConsumerRecord<byte[], byte[]> record : records) {
          any = true;
          if (record.offset() < to.get(record.partition())) {
            taker.take(
                new SourceRecord(
                    record.partition(),
                    record.offset(),
                    record.timestamp(),
                    record.key(),
                    record.value()));
          }
        }
        if (any) {
          heard = System.nanoTime();
        } else if (System.nanoTime() - heard > PATIENCE.toNanos()) {
          throw new AuditStoppedException(
              what() + " gives nothing any more: no record for " + PATIENCE.toSeconds() + " s");
        }
      }
      return began;
    } catch (KafkaException e) {
      throw failed(e);
    } finally {
      consumer.unsubscribe();
    }
  }

  /** Some records; where they have been deleted meanwhile it goes on with those that are there. */
  private Iterable<ConsumerRecord<byte[], byte[]>> poll(List<Long> began) {
    try {
      return consumer.poll(POLL);
    } catch (OffsetOutOfRangeException e) {
      consumer
          .beginningOffsets(e.offsetOutOfRangePartitions().keySet(), PATIENCE)
          .forEach(
              (partition, start) -> {
                consumer.seek(partition, start);
                began.set(partition.partition(), start);
              });
      return List.of();
    }
  }

  /** Those that are not read to their ends; the others are not fetched any more. */
  private List<TopicPartition> left(List<TopicPartition> partitions, List<Long> to) {
    List<TopicPartition> left = new ArrayList<>();
    for (TopicPartition each : partitions) {
      if (consumer.position(each, PATIENCE) < to.get(each.partition())) {
        left.add(each);
      } else {
        consumer.pause(List.of(each));
      }
    }
    return left;
  }

  private List<TopicPartition> partitions(int count) {
    return IntStream.range(0, count).mapToObj(i -> new TopicPartition(source.topic(), i)).toList();
  }

  private static <T> T get(KafkaFuture<T> future) throws AuditStoppedException {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new AuditStoppedException(
          "Kafka has not answered in " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuditStoppedException("the node is closing", e);
    }
  }

  private String what() {
    return "the topic " + source.topic() + " of the source " + source.name();
  }

  private AuditStoppedException failed(KafkaException e) {
    String why = Optional.<@Nullable String>ofNullable(e.getMessage()).orElse(e.toString());
    return new AuditStoppedException(what() + " cannot be read: " + why, e);
  }

  @Override
  public void close() {
    try {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    } catch (InterruptException e) {
      // The node is closing; the consumer has let go of everything before it throws this.
      Thread.currentThread().interrupt();
    }
    admin.close(Duration.ZERO);
  }
}
