package dev.weir.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.store.Catalogue;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Start;
import dev.weir.store.ingest.SourceStatus.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ingest over a real broker, into a log in memory. */
final class IngestTest {

  @TempDir static Path directory;
  private static Broker broker;

  @BeforeAll
  static void startBroker() {
    broker = new Broker(directory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void copiesEveryPartitionAndGoesOnAfterARestart() throws Exception {
    try (Application app = Application.of(broker, 3)) {
      app.produce(3, 0, 5_000);
      Ingest first = app.start(app.log.direct());
      app.awaitDocuments();
      assertThat(first.status().get(0).partitions()).containsExactly(0, 1, 2);
      first.close();
      assertThat(app.log.size()).isEqualTo(5_000);

      app.produce(3, 5_000, 6_000);
      Ingest second = app.start(app.log.direct());
      app.awaitDocuments();
      assertThat(app.log.size()).isEqualTo(6_000);
      await()
          .untilAsserted(
              () -> {
                SourceStatus status = app.awaitState(second, State.RUNNING);
                assertThat(status.counts()).isEqualTo(new SourceStatus.Counts(1_000, 0, 0, 0));
                assertThat(status.lag()).isZero();
              });
      assertThat(
              app.registry
                  .get("weir.ingest.records")
                  .tags("source", "orders", "outcome", "appended")
                  .counter()
                  .count())
          .isEqualTo(1_000);
    }
  }

  @Test
  void twoNodesShareThePartitionsAndTakeOverFromEachOther() throws Exception {
    try (Application app = Application.of(broker, 4)) {
      Ingest first = app.start(app.log.direct());
      app.produce(4, 0, 2_000);
      Ingest second = app.start(app.log.direct());
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  first.status().get(0).partitions().size() == 2
                      && second.status().get(0).partitions().size() == 2);
      app.produce(4, 2_000, 4_000);
      app.awaitDocuments();
      first.close();
      app.produce(4, 4_000, 6_000);
      app.awaitEffects(6_000);
      app.awaitDocuments();
      assertThat(app.log.size()).isEqualTo(6_000);
    }
  }

  @Test
  void waitsForATopicThatIsNotThere() throws Exception {
    try (Application app = new Application(broker)) {
      broker.create(app.topics.deadLetterTopic(), 1);
      app.declare(Definitions.byRecordKey(), 1);
      Ingest ingest = app.start(app.log.direct());
      assertThat(app.awaitState(ingest, State.WAITING).reason()).contains("does not exist");
      broker.create(app.topic, 2);
      app.produce(2, 0, 100);
      app.awaitEffects(100);
      app.awaitDocuments();
    }
  }

  @Test
  void startsAtTheLatestRecordOnceAndMissesNothingFromThenOn() throws Exception {
    try (Application app = Application.of(broker, 1)) {
      broker.send(app.topic, 0, "old", "{}");
      app.declare(Definitions.with(Definitions.byRecordKey(), Start.LATEST), 1);
      Ingest ingest = app.start(app.log.direct());
      app.awaitCommitted(0, 1);
      ingest.close();
      app.produce(1, 1, 50);
      app.start(app.log.direct());
      app.awaitEffects(49);
      app.awaitDocuments();
    }
  }

  @Test
  void goesOnFromTheWatermarksWhenTheGroupIsForgotten() throws Exception {
    try (Application app = Application.of(broker, 1)) {
      app.produce(1, 0, 100);
      Ingest first = app.start(app.log.direct());
      app.awaitCommitted(0, 100);
      first.close();
      broker.admin().deleteConsumerGroups(List.of(app.group())).all().get();
      app.watermark.set(new Watermarks.Answer.Unknown("shard 2 is on its way"));
      Ingest second = app.start(app.log.direct());
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> "shard 2 is on its way".equals(second.status().get(0).reason()));
      app.watermark.set(new Watermarks.Answer.Lowest(89));
      app.awaitCommitted(0, 100);
      assertThat(app.log.size()).isEqualTo(110);
      assertThat(app.effects()).isEqualTo(100);
    }
  }

  @Test
  void stopsAndNamesTheRecordsThatAreGone() throws Exception {
    try (Application app = Application.of(broker, 1)) {
      app.produce(1, 0, 100);
      Ingest first = app.start(app.log.direct());
      app.awaitCommitted(0, 100);
      first.close();
      app.produce(1, 100, 200);
      broker.deleteRecords(app.topic, 0, 150);

      Ingest second = app.start(app.log.direct());
      SourceStatus failed = app.awaitState(second, State.FAILED);
      assertThat(failed.reason())
          .contains("partition 0", "100 to 149", "ingest.acceptLostRecords", app.topic);
      assertThat(app.effects()).isEqualTo(100);
      second.close();

      IngestSettings s = app.settings();
      IngestSettings accepting =
          new IngestSettings(
              s.topics(), s.client(), s.consumer(), s.limits(), s.pace(), Set.of("orders"));
      Ingest third = app.start(app.log.direct(), accepting);
      app.awaitEffects(150);
      assertThat(third.status().get(0).counts().lost()).isEqualTo(50);
    }
  }

  @Test
  void noticesWhileItRunsThatRecordsAreGone() throws Exception {
    try (Application app = Application.of(broker, 1)) {
      app.produce(1, 0, 10);
      app.lag.set(1_000_000);
      Ingest ingest = app.start(app.log.direct());
      app.awaitState(ingest, State.PAUSED);
      app.awaitEffects(10);
      // One by one: a fetch that is under way when the source pauses brings only the first ones.
      for (int i = 10; i < 60; i++) {
        broker.send(app.topic, 0, "k" + i, "{}");
      }
      broker.deleteRecords(app.topic, 0, 40);
      app.lag.set(0);
      assertThat(app.awaitState(ingest, State.FAILED).reason())
          .containsPattern("the records [1-3]\\d to 39 were deleted");
    }
  }

  @Test
  void readsARecreatedTopicAsAnotherOrigin() throws Exception {
    try (Application app = Application.of(broker, 1)) {
      app.produce(1, 0, 100);
      app.start(app.log.direct());
      app.awaitCommitted(0, 100);
      broker.delete(app.topic);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !broker.admin().listTopics().names().get().contains(app.topic));
      broker.create(app.topic, 1);
      app.produce(1, 1_000, 1_050);
      app.awaitEffects(150);
      app.awaitDocuments();
    }
  }

  @Test
  void usesANewRevisionOnceEveryShardShowsItAndReadsTheTopicAgain() throws Exception {
    try (Application app = Application.of(broker, 2)) {
      app.produce(2, 0, 100);
      app.everywhere.set(1);
      Ingest ingest = app.start(app.log.direct());
      app.awaitEffects(100);
      app.declare(Definitions.with(Definitions.byRecordKey(), List.of(), Map.of("n", "number")), 2);
      broker.send(app.topic, 0, "k0", "{\"n\":\"still the old way\"}");
      await().until(() -> app.documents().get("k0").equals("{\"n\":\"still the old way\"}"));
      assertThat(ingest.status().get(0).revision()).isEqualTo(1);

      app.everywhere.set(2);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(app.documents().values())
                      .allSatisfy(value -> assertThat(value).startsWith("{\"number\":")));
      assertThat(ingest.status().get(0).revision()).isEqualTo(2);
      assertThat(app.documents().get("k0")).contains("still the old way");
    }
  }

  @Test
  void endsWithTheCatalogueAndSaysWhatItCannotUse() throws Exception {
    try (Application app = Application.of(broker, 1)) {
      app.declare(Definitions.byFields(KeyFrom.TRACKED), 1);
      Ingest ingest = app.start(app.log.direct());
      assertThat(app.awaitState(ingest, State.FAILED).reason()).contains("key fields");
      app.declare(Definitions.byRecordKey(), 2);
      app.produce(1, 0, 10);
      app.awaitEffects(10);
      app.catalogue.set(new Catalogue(9, 9, List.of(), List.of()));
      await().until(() -> ingest.status().isEmpty());
      await().until(() -> app.registry.find("weir.ingest.records").meters().isEmpty());
    }
  }

  @Test
  void pausesWhileShardsLagAndGoesOnBelowHalf() throws Exception {
    try (Application app = Application.of(broker, 1)) {
      app.produce(1, 0, 10);
      Ingest ingest = app.start(app.log.direct());
      app.awaitEffects(10);
      app.lag.set(50_001);
      SourceStatus paused = app.awaitState(ingest, State.PAUSED);
      assertThat(paused.reason()).contains("50001 records behind");
      assertThat(app.registry.get("weir.ingest.paused").gauge().value()).isEqualTo(1);
      app.produce(1, 10, 20);
      app.lag.set(25_001);
      await().until(() -> String.valueOf(ingest.status().get(0).reason()).contains("25001"));
      assertThat(app.effects()).isEqualTo(10);
      app.lag.set(25_000);
      app.awaitEffects(20);
      app.awaitState(ingest, State.RUNNING);
    }
  }

  @Test
  void leavesOutAbortedTransactionsAndPassesTheirMarks() throws Exception {
    try (Application app = Application.of(broker, 1)) {
      Map<String, Object> config = new HashMap<>(broker.client());
      config.put("transactional.id", app.topic);
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
        producer.initTransactions();
        for (String key : List.of("a", "b")) {
          producer.beginTransaction();
          Future<?> unused =
              producer.send(
                  new ProducerRecord<>(app.topic, Broker.utf8(key), Broker.utf8("{\"n\":1}")));
          if (key.equals("a")) {
            producer.commitTransaction();
          } else {
            producer.flush();
            producer.abortTransaction();
          }
        }
      }
      app.start(app.log.direct());
      // Two records and two marks.
      app.awaitCommitted(0, 4);
      assertThat(app.documents()).containsOnlyKeys("a");
    }
  }
}
