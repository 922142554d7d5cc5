package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Consistency;
import dev.weir.store.KeyType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are restarted one after the other, some with an older and some with a newer file. */
class DifferentConfigurationsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int DOCUMENTS = 30;

  @TempDir private Path directory;
  private final Map<String, Weir> nodes = new LinkedHashMap<>();

  @Test
  void aRollingRestartTakesWhatIsNewerAndChangesNothingBack() throws Exception {
    List<CollectionDefinition> older = List.of(note(1, Consistency.SESSION));
    List<CollectionDefinition> newer =
        List.of(note(2, Consistency.STRONG), collection("extra", 1, Consistency.SESSION));
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")));
        AutoCloseable all = () -> nodes.values().forEach(Weir::close)) {
      start(kafka, "one", older);
      start(kafka, "two", older);
      WeirCollection<String> notes = node("one").collection("note", String.class);
      for (int i = 0; i < DOCUMENTS; i++) {
        notes.put("k" + i, IntNode.valueOf(i));
      }

      restart(kafka, "two", newer);
      await().atMost(PATIENCE).untilAsserted(() -> expectNewer(nodes.values()));
      int revision = node("two").database().catalogue().revision();
      node("two").collection("extra", String.class).put("new", IntNode.valueOf(1));

      restart(kafka, "one", older);
      restart(kafka, "one", newer);
      expectNewer(nodes.values());
      for (Weir node : nodes.values()) {
        assertThat(node.database().catalogue().revision()).isEqualTo(revision);
        assertThat(node.collection("extra", String.class).get("new")).isPresent();
        for (int i = 0; i < DOCUMENTS; i++) {
          assertThat(node.collection("note", String.class).get("k" + i).orElseThrow().value())
              .isEqualTo(IntNode.valueOf(i));
        }
      }
    }
  }

  private static void expectNewer(Collection<Weir> all) {
    for (Weir node : all) {
      Catalogue catalogue = node.database().catalogue();
      CollectionDefinition note = catalogue.collection("note").orElseThrow();
      assertThat(note.revision()).isEqualTo(2);
      assertThat(note.consistency()).isEqualTo(Consistency.STRONG);
      assertThat(catalogue.collection("extra")).isPresent();
    }
  }

  private static CollectionDefinition note(int revision, Consistency consistency) {
    return collection("note", revision, consistency);
  }

  private static CollectionDefinition collection(
      String name, int revision, Consistency consistency) {
    return new CollectionDefinition(
        0,
        name,
        KeyType.Scalar.STRING,
        "json",
        CollectionDefinition.Writer.API,
        null,
        consistency,
        revision);
  }

  private Weir node(String name) {
    return Objects.requireNonNull(nodes.get(name));
  }

  private void restart(EmbeddedKafka kafka, String name, List<CollectionDefinition> declared) {
    node(name).close();
    start(kafka, name, declared);
  }

  private void start(EmbeddedKafka kafka, String name, List<CollectionDefinition> declared) {
    Builder builder =
        Weir.builder()
            .application("configurations")
            .bootstrapServers(kafka.bootstrapServers())
            .listen("127.0.0.1:0")
            .stateDirectory(directory.resolve(name))
            .shards(3)
            .set(Setting.NODE, name)
            .set(Setting.REPLICAS, "2")
            .set(Setting.MEMORY, "64MiB");
    declared.forEach(builder::collection);
    Weir node = builder.start();
    nodes.put(name, node);
    node.awaitReady(PATIENCE);
  }
}
