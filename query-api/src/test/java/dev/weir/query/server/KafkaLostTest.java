package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.store.KeyType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka goes away under running nodes, and comes back. */
@Timeout(300)
class KafkaLostTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int KEYS = 30;

  @TempDir private Path directory;

  @Test
  void nodesReadOnAndTakeWritesAgain() throws Exception {
    Options options = Options.in(directory.resolve("kafka"));
    EmbeddedKafka kafka = EmbeddedKafka.start(options);
    try (Weir one = start(kafka, "one");
        Weir two = start(kafka, "two")) {
      List<Weir> nodes = List.of(one, two);
      nodes.forEach(node -> node.awaitReady(PATIENCE));
      Settled.await(nodes, 4);
      for (int i = 0; i < KEYS; i++) {
        put(one, "k" + i, i);
      }
      expectAll(nodes);

      int port = kafka.port();
      kafka.close();
      for (Weir node : nodes) {
        await().atMost(PATIENCE).until(() -> !isWritable(node, "lost"));
      }
      expectAll(nodes);

      kafka = EmbeddedKafka.start(options.withPort(port));
      for (Weir node : nodes) {
        for (int i = 0; i < KEYS; i++) {
          put(node, "k" + i, i);
        }
      }
      await().atMost(PATIENCE).until(() -> nodes.stream().allMatch(Weir::isReady));
      expectAll(nodes);
    } finally {
      kafka.close();
    }
  }

  /** Again and again while shards move, or Kafka is not back. */
  private static void put(Weir node, String key, int value) {
    await()
        .atMost(PATIENCE)
        .ignoreException(RefusedException.class)
        .until(() -> notes(node).put(key, IntNode.valueOf(value)) != null);
  }

  private Weir start(EmbeddedKafka kafka, String node) {
    return Weir.builder()
        .application("kafka-lost")
        .bootstrapServers(kafka.bootstrapServers())
        .listen("127.0.0.1:0")
        .stateDirectory(directory.resolve(node))
        .shards(4)
        .set(Setting.NODE, node)
        .set(Setting.MEMORY, "64MiB")
        .collection("note", KeyType.Scalar.STRING)
        .start();
  }

  private static WeirCollection<String> notes(Weir node) {
    return node.collection("note", String.class);
  }

  private static boolean isWritable(Weir node, String key) {
    try {
      notes(node).put(key, IntNode.valueOf(-1));
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  /** That every node has every document, through the library and over HTTP. */
  private static void expectAll(List<Weir> nodes) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    for (Weir node : nodes) {
      for (int i = 0; i < KEYS; i++) {
        assertThat(notes(node).get("k" + i).orElseThrow().value()).isEqualTo(IntNode.valueOf(i));
        URI url = URI.create(node.url() + "/v1/collections/note/documents/k" + i);
        var answer = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Integer.toString(i));
      }
    }
  }
}
