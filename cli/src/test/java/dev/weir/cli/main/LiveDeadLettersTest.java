package dev.weir.cli.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.server.ConfigFile;
import dev.weir.query.server.Weir;
import dev.weir.query.server.WeirCollection;
import java.nio.file.Files;
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

/** Bad records of a source are found, looked at, corrected and taken; audits know of them. */
@Timeout(300)
class LiveDeadLettersTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @Test
  void badRecordsAreCorrectedAndTaken() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")))) {
      Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
      try (Admin admin = Admin.create(client)) {
        admin.createTopics(List.of(new NewTopic("people", 2, (short) 1))).all().get();
      }
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
        producer.send(new ProducerRecord<>("people", 1, "ann", "{\"age\":40}")).get();
        producer.send(new ProducerRecord<>("people", 1, "bob", "{broken")).get();
        producer.send(new ProducerRecord<>("people", 0, null, "{\"age\":7}")).get();
      }
      try (Weir node = Weir.start(ConfigFile.read(config(kafka), Map.of(), Map.of()))) {
        node.awaitReady(PATIENCE);
        work(node);
        LiveAudits.check(node.url(), kafka.bootstrapServers());
        canary(node);
      }
    }
  }

  private Path config(EmbeddedKafka kafka) throws Exception {
    return Files.writeString(
        directory.resolve("weir.yaml"),
        """
        application: letters
        kafka: {bootstrap.servers: "%s"}
        listen: 127.0.0.1:0
        node: n1
        shards: 2
        memory: 64MiB
        stateDirectory: state
        collections:
          - {name: person, key: string, writer: source}
        sources:
          - {name: people, topic: people, collection: person}
        """
            .formatted(kafka.bootstrapServers()));
  }

  private static void work(Weir node) {
    String url = node.url();
    WeirCollection<String> people = node.collection("person", String.class);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(run(url, "list").out()).contains("bob", "null-key"));
    String listed = run(url, "list", "--source", "people", "--reason", "invalid-value").out();
    assertThat(listed).contains("people/1/1").doesNotContain("null-key");
    String bob = id(listed, "invalid-value");
    assertThat(run(url, "show", bob).out()).contains("{broken", "key:     bob");

    assertThat(run(url, "replay", bob, "--value", "{\"age\":41}").out()).contains("people/1/2");
    await().atMost(PATIENCE).until(() -> people.get("bob").isPresent());
    assertThat(run(url, "list").out()).doesNotContain("bob");
    assertThat(run(url, "list", "--replayed").out()).contains("bob", "(replayed)");
    assertThat(run(url, "replay", bob).err()).contains("sent again before");

    String nobody = id(run(url, "list").out(), "null-key");
    assertThat(run(url, "replay", nobody, "--key", "carl").code()).isZero();
    await().atMost(PATIENCE).until(() -> people.get("carl").isPresent());
    assertThat(run(url, "replay", bob, "--again").code()).isZero();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(run(url, "list").out()).contains("people/1/"));
    assertThat(people.get("bob")).as("broken again").isPresent();
    assertThat(run(url, "show", "999").err()).contains("no such dead letter");
  }

  private static void canary(Weir node) {
    Shell.Outcome outcome =
        Shell.run(
            "canary", "--for", "2s", "--interval", "1", "--metrics-port", "0", "--url", node.url());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("1 nodes, ", ", 0 errors, ", "0 violations in all");
    assertThat(outcome.code()).isZero();
    assertThat(node.collection("canary", String.class).count()).isZero();
    assertThat(Shell.run("canary", "--collection", "person", "--url", node.url()).err())
        .contains("not for a canary");
    assertThat(Shell.run("canary", "--for", "soon").code()).isEqualTo(2);
    assertThat(Shell.run("canary", "--rate", "0", "--url", node.url()).code()).isEqualTo(2);
  }

  private static String id(String table, String of) {
    String row = table.lines().filter(line -> line.contains(of)).findFirst().orElseThrow();
    return row.strip().split(" ")[0];
  }

  private static Shell.Outcome run(String url, String... rest) {
    String[] all = new String[rest.length + 3];
    all[0] = "dead-letters";
    System.arraycopy(rest, 0, all, 1, rest.length);
    all[rest.length + 1] = "--url";
    all[rest.length + 2] = url;
    return Shell.run(all);
  }
}
