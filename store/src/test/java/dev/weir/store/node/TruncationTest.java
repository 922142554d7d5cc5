package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Role;
import dev.weir.store.log.LogFacts;
import dev.weir.store.log.LogInspection;
import dev.weir.store.log.LogInspector;
import dev.weir.store.truncation.LogTruncator;
import dev.weir.store.truncation.ReplicaPosition;
import dev.weir.store.truncation.SoundSnapshots;
import dev.weir.store.truncation.Truncation;
import dev.weir.store.truncation.TruncationReport;
import dev.weir.store.truncation.TruncationRule;
import dev.weir.store.truncation.TruncationStep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The beginning of a real log is freed under a node that goes on with it. */
class TruncationTest {
  private static final int SHARDS = 2;
  private static final int WRITES = 400;
  private static final String SOURCE = "orders";
  private static final TruncationRule RULE = new TruncationRule(20, Duration.ofMinutes(10));

  @TempDir Path directory;
  private EmbeddedKafka kafka;
  private Admin admin;
  private TestStores stores;

  @BeforeEach
  void startBroker() throws Exception {
    kafka =
        EmbeddedKafka.start(
            Options.in(directory.resolve("kafka"))
                .withBrokerProperty("group.initial.rebalance.delay.ms", "1000")
                .withBrokerProperty("log.retention.check.interval.ms", "200")
                .withBrokerProperty("log.segment.delete.delay.ms", "100")
                .withBrokerProperty("log.segment.bytes", "1048576"));
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    stores = new TestStores(kafka, "cut", SHARDS, 1);
    admin.createTopics(List.of(new NewTopic(SOURCE, 2, (short) 1))).all().get();
    try (KafkaProducer<byte[], byte[]> orders =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < 100; i++) {
        orders.send(new ProducerRecord<>(SOURCE, i % 2, null, new byte[100])).get();
      }
    }
  }

  @AfterEach
  void stopBroker() {
    admin.close(Duration.ZERO);
    kafka.close();
  }

  @Test
  void theLogIsCutAndTheNodeGoesOn() throws Exception {
    Map<Integer, Long> ends;
    try (StoreNode node = stores.start(directory.resolve("n1"), "n1")) {
      stores.awaitServing(node);
      CollectionDefinition notes = TestStores.define(node, "note", Writer.API);
      for (int i = 0; i < WRITES; i++) {
        stores.put(node, notes, "key" + i % 10, "\"" + i + "\"");
      }
      awaitCommitted(node);
      ends = positions(node);
      TruncationReport look = truncation(node, ends).run(RULE, () -> replicas(node), true);
      assertThat(look.results()).isEmpty();
      assertThat(starts(node)).containsOnly(Map.entry(0, 0L), Map.entry(1, 0L));

      Map<TopicPartition, Long> others = startsOfOtherTopics(node);
      TruncationReport report = truncation(node, ends).run(RULE, () -> replicas(node), false);
      assertThat(startsOfOtherTopics(node)).as("only the log is cut").isEqualTo(others);
      Map<Integer, Long> begins = starts(node);
      for (TruncationStep step : report.steps()) {
        assertThat(step).isInstanceOf(TruncationStep.Truncate.class);
        long before = ((TruncationStep.Truncate) step).before();
        assertThat(before).isPositive().isLessThanOrEqualTo(ends.get(step.shard()) - 20);
        assertThat(begins.get(step.shard())).isEqualTo(before);
        assertThat(report.results().get(step.shard()))
            .isEqualTo(new LogTruncator.Result.Truncated(before));
      }
      assertThat(report.bytes()).containsOnlyKeys(0, 1).values().allMatch(bytes -> bytes > 0);

      stores.put(node, notes, "after", "\"the cut\"");
      assertThat(stores.get(node, notes, "after")).hasValue("\"the cut\"");
      assertThat(truncation(node, ends).run(RULE, () -> replicas(node), false).steps())
          .as("nothing more can go")
          .allMatch(TruncationStep.Hold.class::isInstance);
    }
    try (StoreNode again = stores.start(directory.resolve("n1"), "n1")) {
      stores.awaitServing(again);
      CollectionDefinition notes = again.catalogue().collection("note").orElseThrow();
      for (int i = 0; i < 10; i++) {
        assertThat(stores.get(again, notes, "key" + i)).hasValue("\"" + (WRITES - 10 + i) + "\"");
      }
      assertThat(stores.get(again, notes, "after")).hasValue("\"the cut\"");
    }
  }

  @Test
  void withoutTheRepositoryNothingGoes() throws Exception {
    try (StoreNode node = stores.start(directory.resolve("n1"), "n1")) {
      stores.awaitServing(node);
      CollectionDefinition notes = TestStores.define(node, "note", Writer.API);
      for (int i = 0; i < 100; i++) {
        stores.put(node, notes, "key" + i, "\"" + i + "\"");
      }
      awaitCommitted(node);
      Truncation unreadable =
          truncation(
              node,
              shard -> {
                throw new IOException("the repository is away");
              });
      assertThatThrownBy(() -> unreadable.run(RULE, () -> replicas(node), false))
          .isInstanceOf(IOException.class)
          .hasMessage("the repository is away");
      assertThat(starts(node)).containsOnly(Map.entry(0, 0L), Map.entry(1, 0L));
    }
  }

  private Map<TopicPartition, Long> startsOfOtherTopics(StoreNode node) throws Exception {
    List<String> names =
        admin.listTopics().names().get().stream()
            .filter(name -> !name.equals(node.topics().logTopic()))
            .toList();
    assertThat(names).contains(SOURCE);
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(
              partition ->
                  wanted.put(
                      new TopicPartition(topic.name(), partition.partition()),
                      OffsetSpec.earliest()));
    }
    Map<TopicPartition, Long> begins = new HashMap<>();
    admin.listOffsets(wanted).all().get().forEach((each, at) -> begins.put(each, at.offset()));
    return begins;
  }

  private Truncation truncation(StoreNode node, Map<Integer, Long> snapshots) {
    return truncation(node, shard -> OptionalLong.of(snapshots.get(shard)));
  }

  private Truncation truncation(StoreNode node, SoundSnapshots snapshots) {
    return new Truncation(
        node.topics(),
        inspector(),
        new LogTruncator(admin, node.topics().logTopic(), TestStores.PATIENCE),
        snapshots,
        Clock.systemUTC());
  }

  private LogInspector inspector() {
    return new LogInspector(
        Map.of("bootstrap.servers", kafka.bootstrapServers()), TestStores.PATIENCE);
  }

  private LogFacts facts(StoreNode node) throws InterruptedException {
    return ((LogInspection.Seen) inspector().inspect(node.topics(), Map.of())).facts();
  }

  private Map<Integer, Long> starts(StoreNode node) throws InterruptedException {
    Map<Integer, Long> starts = new TreeMap<>();
    facts(node).shards().forEach(shard -> starts.put(shard.shard(), shard.start()));
    return starts;
  }

  /** Until the group has committed what the node has folded. */
  private void awaitCommitted(StoreNode node) {
    await()
        .atMost(TestStores.PATIENCE)
        .until(
            () ->
                facts(node).shards().stream()
                    .allMatch(s -> s.groupOffset().orElse(0) == s.end() && s.end() > 40));
  }

  private static Map<Integer, Long> positions(StoreNode node) {
    Map<Integer, Long> positions = new TreeMap<>();
    node.shards().forEach(shard -> positions.put(shard.shard(), shard.position().offset()));
    return positions;
  }

  private static Map<Integer, List<ReplicaPosition>> replicas(StoreNode node) {
    Map<Integer, List<ReplicaPosition>> replicas = new TreeMap<>();
    node.shards()
        .forEach(
            shard ->
                replicas.put(
                    shard.shard(),
                    List.of(
                        new ReplicaPosition(
                            node.nodeId(),
                            shard.position().offset(),
                            shard.role() == Role.ACTIVE,
                            Clock.systemUTC().instant()))));
    return replicas;
  }
}
