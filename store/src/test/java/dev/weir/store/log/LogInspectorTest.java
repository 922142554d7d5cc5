package dev.weir.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.store.Position;
import dev.weir.store.log.LogFacts.RecordAt;
import dev.weir.store.log.LogFacts.Shard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogInspectorTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final RecordAt NOT_LOOKED = new RecordAt.NotLooked();

  @TempDir static Path directory;
  private static TestKafka kafka;

  @BeforeAll
  static void start() {
    kafka = new TestKafka(directory);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void seesThatThereIsNoLog() throws Exception {
    TopicPlan plan = new TopicPlan("nothing", 0, 2);
    assertThat(look(plan, Map.of())).isEqualTo(LogFacts.noLog());
  }

  @Test
  void seesStartEndGroupOffsetAndTheRecordsAtThePositions() throws Exception {
    TopicPlan plan = new TopicPlan("facts", 0, 4);
    kafka.create(plan);
    send(plan, 0, 10);
    send(plan, 1, 10);
    send(plan, 2, 3);
    commit(plan, 1, 4);
    truncate(plan, 1, 6);
    Uuid id = look(plan, Map.of()).logId();

    LogFacts facts =
        look(
            plan,
            Map.of(
                0, position(id, 9),
                1, position(id, 5),
                2, position(id, 3),
                3, Position.start(id, 0)));

    assertThat(facts.shards())
        .containsExactly(
            new Shard(0, 0, 10, OptionalLong.empty(), new RecordAt.Found(0)),
            new Shard(1, 6, 10, OptionalLong.of(4), NOT_LOOKED),
            new Shard(2, 0, 3, OptionalLong.empty(), NOT_LOOKED),
            new Shard(3, 0, 0, OptionalLong.empty(), NOT_LOOKED));
  }

  @Test
  void looksAgainIfTheLogIsCutMeanwhile() throws Exception {
    TopicPlan plan = new TopicPlan("moving", 0, 1);
    kafka.create(plan);
    send(plan, 0, 10);
    Uuid id = look(plan, Map.of()).logId();
    AtomicBoolean cut = new AtomicBoolean();
    try (Admin cutting =
        new ForwardingAdmin(kafka.client()) {
          @Override
          public ListOffsetsResult listOffsets(
              Map<TopicPartition, OffsetSpec> asked, ListOffsetsOptions options) {
            ListOffsetsResult result = super.listOffsets(asked, options);
            if (asked.values().iterator().next() instanceof OffsetSpec.LatestSpec
                && !cut.getAndSet(true)) {
              cutBehind(result, plan);
            }
            return result;
          }
        }) {
      LogInspection seen =
          new LogInspector(kafka.client(), TIMEOUT, () -> cutting)
              .inspect(plan, Map.of(0, position(id, 3)));

      assertThat(cut).isTrue();
      assertThat(((LogInspection.Seen) seen).facts().shards())
          .containsExactly(new Shard(0, 6, 10, OptionalLong.empty(), NOT_LOOKED));
    }
  }

  private static void cutBehind(ListOffsetsResult result, TopicPlan plan) {
    try {
      result.all().get();
      truncate(plan, 0, 6);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void seesManyPositionsAtOnce() throws Exception {
    TopicPlan plan = new TopicPlan("wide", 0, 40);
    kafka.create(plan);
    Map<Integer, Position> local = new TreeMap<>();
    for (int shard = 0; shard < 40; shard++) {
      send(plan, shard, 5);
      local.put(shard, position(Uuid.ZERO_UUID, shard % 5));
    }
    assertThat(look(plan, local).shards())
        .hasSize(40)
        .allMatch(s -> s.record().equals(new RecordAt.Found(0)));
  }

  @Test
  void refusesTheStateOfATopicThatWasRecreated() throws Exception {
    TopicPlan plan = new TopicPlan("again", 0, 1);
    kafka.create(plan);
    send(plan, 0, 5);
    Uuid before = look(plan, Map.of()).logId();
    kafka.admin().deleteTopics(List.of(plan.logTopic())).all().get();
    Map<Integer, Position> local = Map.of(0, position(before, 4));
    assertThat(reasons(plan, local)).singleElement().asString().contains("does not exist");

    kafka.create(plan);
    send(plan, 0, 20);
    assertThat(reasons(plan, local)).singleElement().asString().contains("created anew");
  }

  @Test
  void refusesALogThatWasTruncatedBelowNoState() throws Exception {
    TopicPlan plan = new TopicPlan("cut", 0, 1);
    kafka.create(plan);
    send(plan, 0, 5);
    truncate(plan, 0, 2);
    assertThat(reasons(plan, Map.of())).singleElement().asString().contains("begins at 2");
  }

  @Test
  void seesAHoleThatCompactionLeft() throws Exception {
    TopicPlan plan = new TopicPlan("holes", 0, 1);
    kafka.create(
        new NewTopic(plan.logTopic(), 1, (short) 1)
            .configs(
                Map.of(
                    "cleanup.policy", "compact",
                    "segment.bytes", "1048576",
                    "min.cleanable.dirty.ratio", "0.001")));
    byte[] filler = new byte[600_000];
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int i = 0; i < 6; i++) {
        producer.send(new ProducerRecord<>(plan.logTopic(), 0, new byte[] {1}, filler)).get();
      }
    }
    Map<Integer, Position> local = Map.of(0, position(Uuid.ZERO_UUID, 0));
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () ->
                assertThat(look(plan, local).shards().get(0).record())
                    .isEqualTo(new RecordAt.Hole()));
  }

  @Test
  void saysWhenKafkaDoesNotAnswer() throws Exception {
    LogInspection inspection =
        new LogInspector(Map.of("bootstrap.servers", "127.0.0.1:1"), Duration.ofMillis(300))
            .inspect(new TopicPlan("a", 0, 1), Map.of());
    assertThat(inspection).isInstanceOf(LogInspection.Unreachable.class);
    assertThat(((LogInspection.Unreachable) inspection).detail())
        .contains("127.0.0.1:1")
        .contains("check the bootstrap servers");
  }

  private static List<String> reasons(TopicPlan plan, Map<Integer, Position> local)
      throws Exception {
    StartupVerdict verdict = StartupCheck.decide(plan, local, look(plan, local));
    assertThat(verdict).isInstanceOf(StartupVerdict.Refuse.class);
    return ((StartupVerdict.Refuse) verdict).reasons();
  }

  private static LogFacts look(TopicPlan plan, Map<Integer, Position> local) throws Exception {
    LogInspection inspection = new LogInspector(kafka.client(), TIMEOUT).inspect(plan, local);
    assertThat(inspection).isInstanceOf(LogInspection.Seen.class);
    return ((LogInspection.Seen) inspection).facts();
  }

  private static Position position(Uuid log, long offset) {
    return new Position(log, 0, offset, 0);
  }

  private static void send(TopicPlan plan, int shard, int records) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < records; i++) {
        sent.add(
            producer.send(
                new ProducerRecord<>(plan.logTopic(), shard, new byte[] {1}, new byte[] {2})));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        kafka.client(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void commit(TopicPlan plan, int shard, long offset) throws Exception {
    kafka
        .admin()
        .alterConsumerGroupOffsets(
            plan.streamsApplicationId(),
            Map.of(new TopicPartition(plan.logTopic(), shard), new OffsetAndMetadata(offset)))
        .all()
        .get();
  }

  private static void truncate(TopicPlan plan, int shard, long before) throws Exception {
    kafka
        .admin()
        .deleteRecords(
            Map.of(
                new TopicPartition(plan.logTopic(), shard), RecordsToDelete.beforeOffset(before)))
        .all()
        .get();
  }
}
