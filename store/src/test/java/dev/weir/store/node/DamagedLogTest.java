package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.WriteResult;
import dev.weir.store.log.LogProducer;
import dev.weir.store.log.LogProducerTuning;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.write.LogRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of shards whose log is not what it was. */
class DamagedLogTest {
  private static final int SHARDS = 2;

  @TempDir static Path brokerDirectory;
  private static EmbeddedKafka kafka;
  @TempDir Path directory;
  @TempDir Path empty;

  @BeforeAll
  static void startBroker() {
    kafka = TestStores.broker(brokerDirectory);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void aGapStopsItsShardLoudlyAndNoOther() throws Exception {
    TestStores stores = new TestStores(kafka, "gap", SHARDS, 1);
    try (StoreNode node = stores.start(directory, "n1")) {
      stores.awaitServing(node);
      CollectionDefinition notes = TestStores.define(node, "note", Writer.API);
      String lost = keyOf(stores, 1);
      String kept = keyOf(stores, 0);
      stores.put(node, notes, lost, "1");
      long before = node.ownership().offset(1);

      leaveAGap("gap.log.g0", 1);

      await().atMost(TestStores.PATIENCE).until(() -> node.ownership().stopReason(1).isPresent());
      assertThat(node.ownership().stopReason(1).orElseThrow()).contains("jumps");
      assertThat(node.ownership().offset(1)).isBetween(before, before + 1);
      assertThat(node.reader().read(1, new Query.Get(notes.id(), TestStores.key(lost))))
          .isInstanceOfSatisfying(
              ReadResult.Refused.class,
              r -> assertThat(r.refusal()).isInstanceOf(Refusal.Stopped.class));
      assertThat(
              node.writer()
                  .submit(1, new Operation.Delete(notes.id(), TestStores.key(lost)))
                  .get(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              WriteResult.Refused.class,
              r -> assertThat(r.refusal()).isInstanceOf(Refusal.Stopped.class));
      assertThat(stores.put(node, notes, kept, "1")).isInstanceOf(Outcome.Stored.class);
      assertThat(stores.get(node, notes, kept)).contains("1");
      assertThat(node.failure()).isEmpty();
    }
  }

  @Test
  void aNodeWithoutStateRefusesALogWhoseBeginningIsGone() throws Exception {
    TestStores stores = new TestStores(kafka, "truncated", SHARDS, 1);
    try (StoreNode node = stores.start(directory, "n1")) {
      stores.awaitServing(node);
      CollectionDefinition notes = TestStores.define(node, "note", Writer.API);
      for (int i = 0; i < 20; i++) {
        stores.put(node, notes, "k" + i, "1");
      }
      stores.awaitCaughtUp(node);
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition("truncated.log.g0", 0), RecordsToDelete.beforeOffset(3)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
    assertThatThrownBy(() -> stores.start(empty, "n2").close())
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("shard 0")
        .hasMessageContaining("begins at 3");
    try (StoreNode node = stores.start(directory, "n1")) {
      stores.awaitServing(node);
      CollectionDefinition notes = node.catalogue().collection("note").orElseThrow();
      for (int i = 0; i < 20; i++) {
        assertThat(stores.get(node, notes, "k" + i)).contains("1");
      }
    }
  }

  @Test
  void aRecreatedLogIsNotTakenForTheOldOne() throws Exception {
    TestStores stores = new TestStores(kafka, "recreated", SHARDS, 1);
    try (StoreNode node = stores.start(directory, "n1")) {
      stores.awaitServing(node);
      TestStores.define(node, "note", Writer.API);
      stores.awaitCaughtUp(node);
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteTopics(List.of("recreated.log.g0")).all().get(30, TimeUnit.SECONDS);
    }
    assertThatThrownBy(() -> stores.start(directory, "n1").close())
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("does not exist");
    try (StoreNode other = stores.start(empty, "n2")) {
      stores.awaitServing(other);
    }
    assertThatThrownBy(() -> stores.start(directory, "n1").close())
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("id");
  }

  @Test
  void aLogThatIsRecreatedUnderARunningNodeIsNotFolded() throws Exception {
    TestStores stores = new TestStores(kafka, "replaced", SHARDS, 1);
    List<List<String>> states = new ArrayList<>();
    try (StoreNode node = stores.start(directory, "n1")) {
      stores.awaitServing(node);
      CollectionDefinition notes = TestStores.define(node, "note", Writer.API);
      for (int i = 0; i < 20; i++) {
        stores.put(node, notes, "k" + i, "1");
      }
      stores.quiesce(node);
      for (int shard = 0; shard < SHARDS; shard++) {
        states.add(stores.fold(node, shard));
      }
      recreate(node.topics());
      append(node.topics(), 1);
      awaitStopped(node);
      assertThat(
              node.writer()
                  .submit(0, new Operation.Delete(notes.id(), TestStores.key("k0")))
                  .get(10, TimeUnit.SECONDS))
          .isInstanceOf(WriteResult.Refused.class);
      // Shards that are opened over it must not take it for the rest of theirs.
      append(node.topics(), 100);
      int opened = activations(node);
      // Unless Kafka Streams has ended with the topic, and is to be started anew.
      var unused = node.streams().removeStreamThread(Duration.ofSeconds(30));
      await()
          .atMost(TestStores.PATIENCE)
          .until(() -> node.failure().isPresent() || activations(node) > opened);
      awaitStopped(node);
    }
    for (int shard = 0; shard < SHARDS; shard++) {
      assertThat(stores.dump(directory, shard)).as("shard %s", shard).isEqualTo(states.get(shard));
    }
    assertThatThrownBy(() -> stores.start(directory, "n1").close())
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("id");
  }

  private static int activations(StoreNode node) {
    return node.ownership().activation(0) + node.ownership().activation(1);
  }

  private static void awaitStopped(StoreNode node) {
    await()
        .atMost(TestStores.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(node.shards())
                    .allSatisfy(
                        shard ->
                            assertThat(node.failure().orElse("") + shard.stopReason())
                                .contains("weir snapshot clone")));
  }

  /** Another log with the same name. */
  private static void recreate(TopicPlan topics) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteTopics(List.of(topics.logTopic())).all().get(30, TimeUnit.SECONDS);
      admin
          .createTopics(List.of(new NewTopic(topics.logTopic(), SHARDS, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static void append(TopicPlan topics, int records) throws Exception {
    try (LogProducer other =
        new LogProducer(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            topics,
            LogProducerTuning.commands("other"))) {
      List<Future<Long>> appended = new ArrayList<>();
      for (int i = 0; i < records * SHARDS; i++) {
        appended.add(other.append(i % SHARDS, new LogRecord.Trim(0, i), 0));
      }
      for (Future<Long> each : appended) {
        assertThat(each.get(30, TimeUnit.SECONDS)).isNotNegative();
      }
    }
  }

  /** The marker at the end of a transaction takes an offset that no consumer ever sees. */
  private static void leaveAGap(String topic, int partition) {
    try (KafkaProducer<byte[], byte[]> foreign =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "foreign"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      foreign.initTransactions();
      for (int i = 0; i < 2; i++) {
        foreign.beginTransaction();
        Future<?> unused =
            foreign.send(new ProducerRecord<>(topic, partition, new byte[1], new byte[1]));
        foreign.commitTransaction();
      }
    }
  }

  private static String keyOf(TestStores stores, int shard) {
    for (int i = 0; ; i++) {
      if (stores.shard(TestStores.key("k" + i)) == shard) {
        return "k" + i;
      }
    }
  }
}
