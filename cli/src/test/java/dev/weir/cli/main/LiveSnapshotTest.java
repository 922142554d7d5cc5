package dev.weir.cli.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.server.ConfigFile;
import dev.weir.query.server.Weir;
import dev.weir.query.server.WeirCollection;
import dev.weir.query.server.WeirStartException;
import dev.weir.store.log.TopicPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node loses its disk, and the log has lost its beginning: the snapshot has it all. */
@Timeout(300)
class LiveSnapshotTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SHARDS = 3;
  private static final int NOTES = 60;
  private static final Pattern ROW = Pattern.compile("(?m)^ *([0-9]+)  (\\S+Z-\\S+) +([0-9]+) ");

  @TempDir private static Path broker;
  private static EmbeddedKafka kafka;
  @TempDir private Path directory;
  private Path config;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(Options.in(broker));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @BeforeEach
  void configure() throws IOException {
    config =
        Files.writeString(
            directory.resolve("weir.yaml"),
            """
            application: %s
            kafka: {bootstrap.servers: "%s"}
            listen: 127.0.0.1:0
            node: n1
            shards: %d
            memory: 64MiB
            stateDirectory: state
            snapshots: {repository: snapshots, keep: 2}
            bootstrap: {enabled: false}
            collections:
              - {name: note, key: string}
            """
                .formatted(directory.getFileName(), kafka.bootstrapServers(), SHARDS));
  }

  private Weir node() {
    Weir node = Weir.start(ConfigFile.read(config, Map.of(), Map.of()));
    node.awaitReady(PATIENCE);
    return node;
  }

  @Test
  void aLostDiskIsRestoredWithoutTheBeginningOfTheLog() throws Exception {
    try (Weir node = node()) {
      WeirCollection<String> notes = node.collection("note", String.class);
      for (int i = 0; i < NOTES; i++) {
        notes.put("k" + i, IntNode.valueOf(i));
      }
      Shell.Outcome created = Shell.run("snapshot", "create", "--url", node.url());
      assertThat(created.err()).isEmpty();
      assertThat(created.out()).contains("n1");
      for (int i = 0; i < NOTES; i += 2) {
        notes.put("k" + i, IntNode.valueOf(1000 + i));
      }
    }
    Map<Integer, Long> positions = positions();
    assertThat(positions).hasSize(SHARDS);
    assertThat(weir("snapshot", "verify")).contains("is sound");
    deleteLogUpTo(positions);
    delete(directory.resolve("state"));
    assertThatThrownBy(this::node)
        .isInstanceOf(WeirStartException.class)
        .hasMessageContaining("the log begins at");

    assertThat(weir("snapshot", "restore")).contains("position " + positions.get(0));

    try (Weir node = node()) {
      WeirCollection<String> notes = node.collection("note", String.class);
      for (int i = 0; i < NOTES; i++) {
        assertThat(notes.get("k" + i).map(WeirCollection.Entry::value))
            .hasValue(IntNode.valueOf(i % 2 == 0 ? 1000 + i : i));
      }
      Shell.Outcome running =
          Shell.run("snapshot", "restore", "-c", config.toString(), "--replace");
      assertThat(running.code()).isNotZero();
      assertThat(running.err()).contains("is in use by");
      Shell.Outcome save = Shell.run("snapshot", "save", "-c", config.toString());
      assertThat(save.err()).contains("is in use by");
      assertThat(Shell.run("snapshot", "create", "--url", node.url()).err()).isEmpty();
    }
    Shell.Outcome again = Shell.run("snapshot", "restore", "-c", config.toString());
    assertThat(again.err()).contains("holds state of shard 0 already");
    aChosenOneIsRestored();
  }

  private void aChosenOneIsRestored() {
    Matcher rows = ROW.matcher(weir("snapshot", "list", "--shard", "0"));
    assertThat(rows.find()).isTrue();
    String newest = rows.group(2);
    assertThat(rows.find()).as("there are two").isTrue();
    assertThat(rows.group(2)).isLessThan(newest);
    assertThat(
            weir("snapshot", "restore", "--shard", "0", "--replace", "--snapshot", rows.group(2)))
        .contains(rows.group(2) + " restored")
        .contains("position " + rows.group(3));
    assertThat(
            weir(
                "snapshot",
                "verify",
                "--shard",
                "0",
                "--snapshot",
                rows.group(2),
                "--work",
                directory.resolve("work").toString()))
        .contains(rows.group(2) + " is sound");
    assertThat(directory.resolve("work")).isEmptyDirectory();
    Shell.Outcome none =
        Shell.run("snapshot", "verify", "-c", config.toString(), "--snapshot", "no-such");
    assertThat(none.err()).contains("there is no snapshot no-such");
    assertThat(weir("snapshot", "save")).contains("shard 0: " + newest + " is as far already");
    assertThat(weir("snapshot", "save", "--to", directory.resolve("elsewhere").toString()))
        .containsPattern("shard 0: .* stored, position " + rows.group(3));
  }

  @Test
  void damageIsFoundAndNothingOfItIsRestored() throws Exception {
    try (Weir node = node()) {
      node.collection("note", String.class).put("k", IntNode.valueOf(1));
      Shell.run("snapshot", "create", "--url", node.url());
    }
    try (Stream<Path> files = Files.walk(directory.resolve("snapshots"))) {
      for (Path file : files.filter(f -> f.toString().contains("/files/")).toList()) {
        if (Files.isRegularFile(file) && Files.size(file) > 0) {
          byte[] bytes = Files.readAllBytes(file);
          bytes[bytes.length / 2] ^= 1;
          Files.write(file, bytes);
        }
      }
    }
    delete(directory.resolve("state"));
    Shell.Outcome verified = Shell.run("snapshot", "verify", "-c", config.toString());
    assertThat(verified.code()).isNotZero();
    assertThat(verified.err()).contains("shard 0", "shard 2", "is damaged");
    Shell.Outcome restored = Shell.run("snapshot", "restore", "-c", config.toString());
    assertThat(restored.code()).isNotZero();
    assertThat(restored.err()).contains("is damaged");
    try (Stream<Path> files = Files.walk(directory.resolve("state/streams"))) {
      assertThat(files.filter(f -> f.getFileName().toString().equals("CURRENT"))).isEmpty();
    }
  }

  @Test
  void whatIsCutFromTheLogIsInTheSnapshots() throws Exception {
    Files.writeString(config, Files.readString(config) + "truncation: {margin: 5}\n");
    try (Weir node = node()) {
      WeirCollection<String> notes = node.collection("note", String.class);
      for (int i = 0; i < NOTES; i++) {
        notes.put("k" + i, IntNode.valueOf(i));
      }
      assertThat(Shell.run("truncate", "--url", node.url()).out()).doesNotContain("deleted");
      assertThat(Shell.run("snapshot", "create", "--url", node.url()).err()).isEmpty();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(Shell.run("truncate", "--dry-run", "--url", node.url()).out())
                      .contains("can go"));
      assertThat(logStarts().values()).containsOnly(0L);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(Shell.run("truncate", "--url", node.url()).err()).isEmpty();
                assertThat(logStarts().values()).allMatch(start -> start > 0);
              });
      assertThat(metrics(node)).containsPattern("weir_truncation_records_total [1-9]");
      for (int i = 0; i < NOTES; i += 3) {
        notes.put("k" + i, IntNode.valueOf(2000 + i));
      }
    }
    delete(directory.resolve("state"));
    assertThatThrownBy(this::node)
        .isInstanceOf(WeirStartException.class)
        .hasMessageContaining("the log begins at");
    weir("snapshot", "restore");
    try (Weir node = node()) {
      WeirCollection<String> notes = node.collection("note", String.class);
      for (int i = 0; i < NOTES; i++) {
        assertThat(notes.get("k" + i).map(WeirCollection.Entry::value))
            .hasValue(IntNode.valueOf(i % 3 == 0 ? 2000 + i : i));
      }
    }
  }

  private static String metrics(Weir node) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + "/metrics")).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private Map<Integer, Long> logStarts() throws Exception {
    String topic = new TopicPlan(directory.getFileName().toString(), 0, SHARDS).logTopic();
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      asked.put(new TopicPartition(topic, shard), OffsetSpec.earliest());
    }
    Map<Integer, Long> starts = new HashMap<>();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .listOffsets(asked)
          .all()
          .get()
          .forEach((partition, found) -> starts.put(partition.partition(), found.offset()));
    }
    return starts;
  }

  @Test
  void aNodeWithoutARepositorySaysSo() throws Exception {
    Files.writeString(
        config,
        Files.readString(config).replace("snapshots: {repository: snapshots, keep: 2}", ""));
    try (Weir node = node()) {
      assertThat(Shell.run("snapshot", "create", "--url", node.url()).err())
          .contains("set snapshots.repository");
      assertThat(Shell.run("truncate", "--url", node.url()).err())
          .contains("set snapshots.repository");
    }
    assertThat(Shell.run("snapshot", "list", "-c", config.toString()).err())
        .contains("set snapshots.repository");
  }

  private String weir(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-c", config.toString()));
    Shell.Outcome outcome = Shell.run(all.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome.out();
  }

  private Map<Integer, Long> positions() {
    Map<Integer, Long> positions = new HashMap<>();
    Matcher rows = ROW.matcher(weir("snapshot", "list"));
    while (rows.find()) {
      positions.put(Integer.parseInt(rows.group(1)), Long.parseLong(rows.group(3)));
    }
    return positions;
  }

  private void deleteLogUpTo(Map<Integer, Long> positions) throws Exception {
    String topic = new TopicPlan(directory.getFileName().toString(), 0, SHARDS).logTopic();
    Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
    positions.forEach(
        (shard, offset) ->
            deleted.put(
                new TopicPartition(topic, shard), RecordsToDelete.beforeOffset(offset + 1)));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteRecords(deleted).all().get();
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
