package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Consistency;
import dev.weir.store.KeyType;
import dev.weir.store.SourceDefinition;
import dev.weir.store.SourceDefinition.KeyFormat;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Mapping;
import dev.weir.store.SourceDefinition.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Edges written by calls and brought by topics, on a node with a real log. */
@Timeout(200)
@SuppressWarnings("rawtypes") // a class literal has no type arguments
class LiveEdgesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void edgesAreWrittenAndIngestedLikeDocuments() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")))) {
      produce(kafka);
      try (Weir node = start(kafka)) {
        node.awaitReady(PATIENCE);
        writtenByCalls(node);
        await().atMost(PATIENCE).untilAsserted(() -> broughtByTopics(node));
        assertThatThrownBy(
                () -> node.collection("rows", List.class).put(List.of(1L, 2L), JSON.readTree("{}")))
            .hasMessageContaining("come from its source");
      }
      // From its own state and the log, with the definitions as they are persisted.
      try (Weir node = start(kafka)) {
        node.awaitReady(PATIENCE);
        broughtByTopics(node);
        assertThat(node.collection("knows", List.class).get(List.of(1L, 2L)).orElseThrow().value())
            .isEqualTo(JSON.readTree("{\"since\":3}"));
      }
    }
  }

  private static void writtenByCalls(Weir node) throws Exception {
    WeirCollection<Long> person = node.collection("person", Long.class);
    WeirCollection<List> knows = node.collection("knows", List.class);
    for (long from = 0; from < 20; from++) {
      person.put(from, JSON.readTree("{}"));
      for (long to = 0; to < 5; to++) {
        knows.put(List.of(from, to), JSON.readTree("{\"since\":" + (from + to) + "}"));
      }
    }
    assertThat(knows.count()).isEqualTo(100);
    assertThat(knows.prefix("[7]", 100)).hasSize(5);
    assertThat(knows.delete(List.of(7L, 3L))).isTrue();
    assertThat(knows.multiGet(List.of(List.of(7L, 3L), List.of(7L, 4L), List.of(8L, 3L))))
        .containsOnlyKeys(List.of(7L, 4L), List.of(8L, 3L));
  }

  private static void broughtByTopics(Weir node) throws Exception {
    WeirCollection<List> rows = node.collection("rows", List.class);
    WeirCollection<List> keyed = node.collection("keyed", List.class);
    for (long n = 0; n < 20; n++) {
      long last = n == 3 ? 99 : n + 1; // row 3 was moved
      assertThat(rows.get(List.of(n, last))).as("row %d", n).isPresent();
      assertThat(keyed.get(List.of(n, n + 1)).orElseThrow().value().path("n").asLong())
          .isEqualTo(n);
    }
    assertThat(rows.count()).isEqualTo(20);
    assertThat(keyed.count()).isEqualTo(20);
  }

  private Weir start(EmbeddedKafka kafka) {
    return Weir.builder()
        .application("edges")
        .bootstrapServers(kafka.bootstrapServers())
        .listen("127.0.0.1:0")
        .stateDirectory(directory.resolve("node"))
        .shards(3)
        .set(Setting.MEMORY, "64MiB")
        .collection("person", KeyType.Scalar.LONG)
        .edges("knows", "person", "person")
        .collection(fed("rows"))
        .collection(fed("keyed"))
        .source(source("rows", KeyFrom.TRACKED, KeyFormat.TEXT, List.of("from", "to")))
        .source(source("keyed", KeyFrom.RECORD, KeyFormat.JSON, List.of()))
        .start();
  }

  private static CollectionDefinition fed(String name) {
    return new CollectionDefinition(
        0,
        name,
        CollectionDefinition.UNKNOWN_ENDS,
        "json",
        Writer.SOURCE,
        null,
        Consistency.SESSION,
        1,
        new Edge("person", "person", null, null));
  }

  private static SourceDefinition source(
      String name, KeyFrom from, KeyFormat format, List<String> fields) {
    Mapping mapping =
        new Mapping(from, format, fields, List.of(), List.of(), Map.of(), Start.EARLIEST);
    return new SourceDefinition(0, name, name, name, mapping, 1);
  }

  private static void produce(EmbeddedKafka kafka) throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (Admin admin = Admin.create(client);
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
      admin
          .createTopics(
              List.of(new NewTopic("rows", 2, (short) 1), new NewTopic("keyed", 2, (short) 1)))
          .all()
          .get();
      for (int n = 0; n < 20; n++) {
        String value = "{\"from\":%d,\"to\":%d,\"n\":%d}".formatted(n, n + 1, n);
        producer.send(new ProducerRecord<>("rows", "r" + n, value)).get();
        producer.send(new ProducerRecord<>("keyed", "[%d,%d]".formatted(n, n + 1), value)).get();
      }
      producer.send(new ProducerRecord<>("rows", "r3", "{\"from\":3,\"to\":99}")).get();
      producer.flush();
    }
  }
}
