package dev.weir.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.letter.DeadLetter;
import dev.weir.store.letter.DeadLetterBox;
import dev.weir.store.letter.Replay;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeadLettersTest {

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
  void keepsEveryKindOfBadRecordAsItWasAndGoesOn() throws Exception {
    try (Application app = Application.of(broker, 2)) {
      app.declare(Definitions.with(Definitions.byRecordKey(), List.of(), Map.of("old", "new")), 1);
      broker.send(app.topic, 1, "good", "{\"n\":1}");
      broker.send(app.topic, 1, null, "{}");
      broker.send(new ProducerRecord<>(app.topic, 1, 1234L, new byte[] {-1, 0}, Broker.utf8("{}")));
      broker.send(
          new ProducerRecord<>(
              app.topic,
              1,
              null,
              Broker.utf8("k"),
              Broker.utf8("{broken"),
              List.of(new RecordHeader("trace", Broker.utf8("abc")))));
      broker.send(app.topic, 1, "k", "{\"old\":1,\"new\":2}");
      broker.send(app.topic, 1, "k", "{\"n\":\"" + "x".repeat(950_000) + "\"}");
      broker.send(app.topic, 1, "last", "{\"n\":2}");
      app.start(app.log.direct());
      app.awaitEffects(2);
      app.awaitCommitted(1, 7);

      List<ConsumerRecord<byte[], byte[]>> letters = broker.read(app.topics.deadLetterTopic());
      assertThat(letters.stream().map(letter -> headers(letter).get("weir.reason")))
          .containsExactly(
              "null-key", "invalid-key", "invalid-value", "rename-collision", "too-large");
      assertThat(letters.stream().map(letter -> headers(letter).get("weir.offset")))
          .containsExactly("1", "2", "3", "4", "5");
      assertThat(letters)
          .allSatisfy(
              letter ->
                  assertThat(headers(letter))
                      .containsEntry("weir.source", "orders")
                      .containsEntry("weir.topic", app.topic)
                      .containsEntry("weir.partition", "1")
                      .containsKeys("weir.timestamp", "weir.detail"));
      assertThat(letters.get(0).key()).isNull();
      assertThat(letters.get(1).key()).isEqualTo(new byte[] {-1, 0});
      assertThat(headers(letters.get(1))).containsEntry("weir.timestamp", "1234");
      assertThat(letters.get(2).value()).isEqualTo(Broker.utf8("{broken"));
      assertThat(headers(letters.get(2))).containsEntry("trace", "abc");
      assertThat(letters.get(4).value()).hasSizeGreaterThan(950_000);
      assertThat(
              app.registry
                  .get("weir.dead.letters")
                  .tags("source", "orders", "reason", "null-key")
                  .counter()
                  .count())
          .isEqualTo(1);
    }
  }

  @Test
  void theyAreListedAndSentAgain() throws Exception {
    try (Application app = Application.of(broker, 2)) {
      app.declare(Definitions.byRecordKey(), 1);
      broker.send(
          new ProducerRecord<>(
              app.topic,
              1,
              1234L,
              Broker.utf8("k"),
              Broker.utf8("{broken"),
              List.of(new RecordHeader("trace", Broker.utf8("abc")))));
      broker.send(app.topic, 0, null, "{}");
      app.start(app.log.direct());
      DeadLetterBox box = new DeadLetterBox(broker.client(), app.topics.deadLetterTopic());
      await().until(() -> box.list(wish("", -1, 9)).letters().size() == 2);

      DeadLetter broken = box.list(wish("invalid-value", -1, 9)).letters().get(0);
      assertThat(broken.origin()).isEqualTo(new DeadLetter.Origin(app.topic, 1, 0, 1234));
      assertThat(box.list(wish("", -1, 1)).next()).contains(0L);
      assertThat(box.list(wish("", 0, 1)).letters()).extracting(DeadLetter::id).containsExactly(1L);

      Replay.Correction corrected =
          new Replay.Correction(
              Optional.empty(), Optional.of(new Replay.Part(Broker.utf8("{}"))), false);
      assertThat(box.replay(broken.id(), corrected)).isEqualTo(new Replay.Done(app.topic, 1, 1));
      app.awaitEffects(1);
      ConsumerRecord<byte[], byte[]> sent =
          broker.read(app.topic).stream().filter(r -> r.offset() == 1).findFirst().orElseThrow();
      assertThat(sent.key()).isEqualTo(Broker.utf8("k"));
      assertThat(sent.timestamp()).isEqualTo(1234);
      assertThat(headers(sent))
          .containsEntry("trace", "abc")
          .containsEntry("weir.replay-of", Long.toString(broken.id()))
          .doesNotContainKey("weir.reason");
      assertThat(box.list(wish("invalid-value", -1, 9)).letters()).isEmpty();
      assertThat(box.find(broken.id()).orElseThrow().replayed()).isTrue();
      assertThat(box.replay(broken.id(), corrected)).isInstanceOf(Replay.Before.class);
      assertThat(box.replay(77, corrected)).isInstanceOf(Replay.Unknown.class);
    }
  }

  private static DeadLetterBox.Wish wish(String reason, long after, int limit) {
    return new DeadLetterBox.Wish(
        Optional.empty(), Optional.of(reason).filter(r -> !r.isEmpty()), false, after, limit);
  }

  @Test
  void leavesTheValueOutWhereTheTopicHasNoRoomForIt() throws Exception {
    try (Application app = Application.of(broker, 1)) {
      ConfigResource letters =
          new ConfigResource(ConfigResource.Type.TOPIC, app.topics.deadLetterTopic());
      broker
          .admin()
          .incrementalAlterConfigs(
              Map.of(
                  letters,
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("max.message.bytes", "5000"), AlterConfigOp.OpType.SET))))
          .all()
          .get();
      StringBuilder noise = new StringBuilder();
      new Random(1).ints(20_000, 33, 127).forEach(character -> noise.append((char) character));
      broker.send(app.topic, 0, "key", noise.toString());
      broker.send(app.topic, 0, noise.toString(), "{broken");
      broker.send(app.topic, 0, "good", "{}");
      app.start(app.log.direct());
      app.awaitEffects(1);
      app.awaitCommitted(0, 3);
      List<ConsumerRecord<byte[], byte[]>> kept = broker.read(app.topics.deadLetterTopic());
      assertThat(kept).hasSize(2);
      assertThat(kept.get(0).key()).isEqualTo(Broker.utf8("key"));
      assertThat(kept.get(0).value()).isNull();
      assertThat(headers(kept.get(0)))
          .containsEntry("weir.omitted", "value")
          .containsEntry("weir.offset", "0");
      assertThat(headers(kept.get(1)))
          .containsEntry("weir.omitted", "key,value,headers")
          .containsEntry("weir.offset", "1");
    }
  }

  @Test
  void aFloodOfBadRecordsDoesNotHoldTheGoodOnesBack() throws Exception {
    try (Application app = Application.of(broker, 1)) {
      app.declare(Definitions.byFields(KeyFrom.IMMUTABLE, "id"), 1);
      for (int batch = 0; batch < 5; batch++) {
        broker.sendAll(
            Collections.nCopies(
                1_000, new ProducerRecord<>(app.topic, Broker.utf8("k"), Broker.utf8("{}"))));
        broker.send(app.topic, 0, "k", "{\"id\":\"" + batch + "\"}");
      }
      Ingest ingest = app.start(app.log.direct());
      app.awaitEffects(5);
      app.awaitCommitted(0, 5_005);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> ingest.status().get(0).counts().deadLetters() == 5_000);
      assertThat(broker.read(app.topics.deadLetterTopic())).hasSize(5_000);
    }
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> letter) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : letter.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return headers;
  }
}
