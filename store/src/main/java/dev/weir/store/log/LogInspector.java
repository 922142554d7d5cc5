package dev.weir.store.log;

import dev.weir.store.Position;
import dev.weir.store.log.LogFacts.RecordAt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks up what {@link StartupCheck} decides by. Changes nothing. */
public final class LogInspector {
  private static final Logger LOG = LoggerFactory.getLogger(LogInspector.class);

  private final Map<String, ?> client;
  private final Duration timeout;
  private final @Nullable Supplier<Admin> shared;

  /**
   * An inspector; it makes short-lived clients of its own.
   *
   * @param client settings of Kafka clients, at least {@code bootstrap.servers}
   * @param timeout for everything together; positive
   */
  public LogInspector(Map<String, ?> client, Duration timeout) {
    this(client, timeout, null);
  }

  /**
   * An inspector that asks through somebody else's client, which it does not close.
   *
   * @param admin gives that client; may throw what {@link Admin#create} throws
   */
  public LogInspector(Map<String, ?> client, Duration timeout, @Nullable Supplier<Admin> admin) {
    this.client = client;
    this.timeout = timeout;
    this.shared = admin;
  }

  /** Looks which generations of an application's log there are. */
  public LogGeneration generation(String application) throws InterruptedException {
    String prefix = TopicPlan.logTopics(application);
    return ask(
        (admin, deadline) ->
            new LogGeneration.Known(
                LogGeneration.newest(deadline.get(admin.listTopics().names()), prefix)),
        LogGeneration.Unreachable::new);
  }

  /**
   * Looks at the log.
   *
   * @param local positions of the states that the node holds, by shard
   */
  public LogInspection inspect(TopicPlan plan, Map<Integer, Position> local)
      throws InterruptedException {
    return ask(
        (admin, deadline) -> new LogInspection.Seen(settled(admin, plan, local, deadline)),
        LogInspection.Unreachable::new);
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(Admin admin, Deadline deadline)
        throws ExecutionException, TimeoutException, InterruptedException;
  }

  private <T> T ask(Question<T> question, Function<String, T> unreachable)
      throws InterruptedException {
    Deadline deadline = Deadline.in(timeout);
    try {
      if (shared != null) {
        return question.ask(shared.get(), deadline);
      }
      Admin admin = Admin.create(adminProperties());
      try {
        return question.ask(admin, deadline);
      } finally {
        admin.close(Duration.ZERO);
      }
    } catch (TimeoutException e) {
      return unreachable.apply(told("no answer within " + timeout.toMillis() + " ms"));
    } catch (ExecutionException e) {
      return unreachable.apply(told(String.valueOf(e.getCause())));
    } catch (KafkaException e) {
      return unreachable.apply(told(e.getCause() == null ? e.toString() : e + ": " + e.getCause()));
    }
  }

  private String told(String what) {
    return "Kafka at %s could not be asked about the log (%s): check the bootstrap servers, the"
            .formatted(client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG), what)
        + " credentials, and that a broker runs";
  }

  private Map<String, Object> adminProperties() {
    int millis = (int) Math.min(Integer.MAX_VALUE, timeout.toMillis());
    return ClientProperties.merge(
        Map.of(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(millis, 10_000)),
        client,
        Map.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.max(millis, 10_000)));
  }

  /** What is there; if the log is cut where it was just looked at, it is looked at again. */
  private LogFacts settled(
      Admin admin, TopicPlan plan, Map<Integer, Position> local, Deadline deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    while (true) {
      try {
        return look(admin, plan, local, deadline);
      } catch (OffsetOutOfRangeException e) {
        LOG.info("The log was cut while it was looked at: {}", e.getMessage());
      }
    }
  }

  // The group's offsets are looked up before the ends: the other way round, records that are
  // appended and committed between the two would look like a log that has lost its tail.
  private LogFacts look(
      Admin admin, TopicPlan plan, Map<Integer, Position> local, Deadline deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    TopicDescription topic = describe(admin, plan.logTopic(), deadline);
    if (topic == null) {
      return LogFacts.noLog();
    }
    List<TopicPartition> partitions =
        IntStream.range(0, topic.partitions().size())
            .mapToObj(p -> new TopicPartition(plan.logTopic(), p))
            .toList();
    ListOffsetsResult earliest = ask(admin, partitions, OffsetSpec.earliest());
    Map<TopicPartition, OffsetAndMetadata> committed =
        committed(admin, plan.streamsApplicationId(), deadline);
    ListOffsetsResult latest = ask(admin, partitions, OffsetSpec.latest());
    Map<TopicPartition, Long> starts = offsets(earliest, deadline);
    Map<TopicPartition, Long> ends = offsets(latest, deadline);
    Map<TopicPartition, Long> wanted = new HashMap<>();
    for (TopicPartition p : partitions) {
      Position position = local.get(p.partition());
      if (position != null
          && position.offset() >= starts.getOrDefault(p, 0L)
          && position.offset() < ends.getOrDefault(p, 0L)) {
        wanted.put(p, position.offset());
      }
    }
    Map<TopicPartition, RecordAt> records = new RecordLookup(client).find(wanted, deadline);
    List<LogFacts.Shard> shards = new ArrayList<>();
    for (TopicPartition p : partitions) {
      OffsetAndMetadata offset = committed.get(p);
      shards.add(
          new LogFacts.Shard(
              p.partition(),
              starts.getOrDefault(p, 0L),
              ends.getOrDefault(p, 0L),
              offset == null ? OptionalLong.empty() : OptionalLong.of(offset.offset()),
              records.getOrDefault(p, new RecordAt.NotLooked())));
    }
    return new LogFacts(topic.topicId(), shards);
  }

  private static @Nullable TopicDescription describe(Admin admin, String topic, Deadline deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return deadline.get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw e;
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> committed(
      Admin admin, String group, Deadline deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return deadline.get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw e;
    }
  }

  private static ListOffsetsResult ask(
      Admin admin, List<TopicPartition> partitions, OffsetSpec spec) {
    return admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> spec)));
  }

  private static Map<TopicPartition, Long> offsets(ListOffsetsResult asked, Deadline deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> answer :
        deadline.get(asked.all()).entrySet()) {
      offsets.put(answer.getKey(), answer.getValue().offset());
    }
    return offsets;
  }
}
