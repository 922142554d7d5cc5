package dev.weir.cli.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.Result;
import dev.weir.query.server.Setting;
import dev.weir.query.server.Weir;
import dev.weir.query.server.WeirCollection;
import dev.weir.store.KeyType;
import dev.weir.store.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir apply} adds, changes and drops under readers that notice nothing. */
@Timeout(300)
class LiveApplyTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int NOTES = 40;
  private static final String NOTE = "collections:\n  - {name: note, key: string}\n";

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;
  private static final List<Weir> nodes = new ArrayList<>();

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")));
    for (int i = 0; i < 3; i++) {
      nodes.add(start("n" + i));
    }
    nodes.forEach(node -> node.awaitReady(PATIENCE));
    WeirCollection<String> notes = nodes.get(0).collection("note", String.class);
    IntStream.range(0, NOTES).forEach(i -> notes.put("k" + i, IntNode.valueOf(i)));
  }

  @AfterAll
  static void stop() {
    nodes.forEach(Weir::close);
    kafka.close();
  }

  private static Weir start(String id) {
    return Weir.builder()
        .application("applied")
        .bootstrapServers(kafka.bootstrapServers())
        .listen("127.0.0.1:0")
        .stateDirectory(directory.resolve(id))
        .shards(6)
        .set(Setting.NODE, id)
        .set(Setting.MEMORY, "64MiB")
        .collection("note", KeyType.Scalar.STRING)
        .start();
  }

  @Test
  void definitionsComeChangeAndGoWhileOthersRead() throws Exception {
    try (NoteReaders readers = new NoteReaders(nodes, NOTES)) {
      apply(0, NOTE + "  - {name: task, key: long}\n", "task");
      readers.awaitMore();
      expectTasks();

      String strict = NOTE + "  - {name: task, key: long, schema: {type: object}}\n";
      assertThat(apply(1, strict, "task")).contains("change");
      readers.awaitMore();
      expectNoNumbersAsTasks();

      feedOrders();
      String fed =
          strict
              + "  - {name: order, key: long, writer: source}\n"
              + "sources:\n  - {name: orders, topic: applied.orders, collection: order}\n";
      apply(2, fed, "order");
      for (Weir node : nodes) {
        await().atMost(PATIENCE).until(() -> count(node, "order") == 3);
      }
      readers.awaitMore();

      assertThat(apply(0, NOTE, "order", "--prune")).contains("task", "orders");
      for (Weir node : nodes) {
        await()
            .atMost(PATIENCE)
            .until(() -> weir(node, "get", "task", "1").err().contains("collection"));
      }
      readers.awaitMore();
    }
    for (Weir node : nodes) {
      assertThat(count(node, "note")).isEqualTo(NOTES);
    }
  }

  private static void expectTasks() {
    for (int i = 0; i < nodes.size(); i++) {
      Weir here = nodes.get(i);
      Weir there = nodes.get((i + 1) % nodes.size());
      String key = Integer.toString(i);
      String document = "{\"by\":" + i + "}";
      await().atMost(PATIENCE).until(() -> weir(here, "put", "task", key, document).code() == 0);
      await().atMost(PATIENCE).until(() -> weir(there, "get", "task", key).code() == 0);
      assertThat(weir(there, "get", "task", key).out().replace(" ", "")).contains(document);
    }
  }

  private static void expectNoNumbersAsTasks() {
    for (Weir node : nodes) {
      await().atMost(PATIENCE).until(() -> weir(node, "put", "task", "9", "17").code() != 0);
    }
  }

  private static void feedOrders() throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (Admin admin = Admin.create(client);
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
      admin
          .createTopics(List.of(new NewTopic("applied.orders", 2, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
      for (int order = 0; order < 3; order++) {
        producer
            .send(new ProducerRecord<>("applied.orders", "" + order, "{\"n\":" + order + "}"))
            .get(30, TimeUnit.SECONDS);
      }
    }
  }

  /** The number of documents; -1 = the node does not know the collection. */
  private static long count(Weir node, String collection) {
    return node.database()
        .catalogue()
        .collection(collection)
        .map(c -> node.database().ask(new Query.Count(c.id())).join())
        .map(result -> ((Result.Success<Long>) result).value())
        .orElse(-1L);
  }

  /** Applies a file at a node; returns what the command says, which names the definition. */
  private static String apply(int node, String yaml, String names, String... more)
      throws IOException {
    Path file = Files.writeString(directory.resolve("apply.yaml"), yaml);
    List<String> command = new ArrayList<>(List.of("apply", "-c", file.toString()));
    command.addAll(List.of(more));
    Shell.Outcome outcome = weir(nodes.get(node), command.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains(names, "revision ");
    return outcome.out();
  }

  private static Shell.Outcome weir(Weir node, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", node.url()));
    return Shell.run(all.toArray(String[]::new));
  }
}
