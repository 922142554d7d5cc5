package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two racks, and the one with most of the nodes is lost at once. All is asked over HTTP. */
@Timeout(300)
class RackLossTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int NOTES = 60;

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void theOtherRackHasEverythingAndSaysWhatIsMissing() throws Exception {
    try (Weir survivor =
        NodeProcess.builder(kafka.bootstrapServers(), "b1", directory)
            .set(Setting.RACK, "b")
            .start()) {
      survivor.awaitReady(PATIENCE);
      CompletableFuture<NodeProcess> beside = CompletableFuture.supplyAsync(() -> inRackA("a2"));
      try (NodeProcess first = inRackA("a1");
          NodeProcess second = beside.join()) {
        awaitPlacement(survivor, RackLossTest::bothRacksHaveAll);
        for (int i = 0; i < NOTES; i++) {
          put(survivor, i, i);
        }
        first.kill();
        second.kill();
      }
      for (int i = 0; i < NOTES; i++) {
        int note = i;
        await()
            .pollDelay(Duration.ZERO)
            .atMost(PATIENCE)
            .until(() -> status(put(survivor, note, note + 1000)) == 200);
        assertThat(get(survivor, i).body()).isEqualTo("" + (i + 1000));
      }
      awaitPlacement(survivor, report -> report.path("underReplicated").asInt() == shards());
      HttpResponse<String> ready = send(survivor, HttpRequest.newBuilder(), "/healthz/ready");
      assertThat(ready.statusCode()).as("one copy of everything can be used").isEqualTo(200);
      assertThat(ready.body()).contains(shards() + " shards have fewer than 2 copies");
      assertThat(send(survivor, HttpRequest.newBuilder(), "/metrics").body())
          .contains("weir_shards_under_replicated " + shards() + ".0");

      try (NodeProcess back = inRackA("a1")) {
        awaitPlacement(survivor, RackLossTest::bothRacksHaveAll);
        back.stop();
      }
    }
  }

  private static int shards() {
    return NodeProcess.SHARDS;
  }

  private static NodeProcess inRackA(String name) {
    try {
      return NodeProcess.start(kafka.bootstrapServers(), name, directory, "RACK=a");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean bothRacksHaveAll(JsonNode report) {
    for (JsonNode shard : report.path("shards")) {
      if (!shard.path("state").asText().equals("placed")) {
        return false;
      }
    }
    return report.path("underReplicated").asInt() == 0;
  }

  private static void awaitPlacement(Weir node, Predicate<JsonNode> wanted) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                wanted.test(
                    JSON.readTree(
                        send(node, HttpRequest.newBuilder(), "/v1/cluster/placement").body())));
  }

  private static HttpResponse<String> put(Weir node, int note, int value) throws Exception {
    return send(
        node,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("" + value)),
        "/v1/collections/note/documents/k" + note);
  }

  private static HttpResponse<String> get(Weir node, int note) throws Exception {
    return send(node, HttpRequest.newBuilder(), "/v1/collections/note/documents/k" + note);
  }

  private static int status(HttpResponse<String> answer) {
    return answer.statusCode();
  }

  private static HttpResponse<String> send(Weir node, HttpRequest.Builder request, String path)
      throws IOException, InterruptedException {
    return HTTP.send(request.uri(URI.create(node.url() + path)).build(), BodyHandlers.ofString());
  }
}
