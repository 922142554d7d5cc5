package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.store.KeyType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole nodes in this process, over a real broker. */
class WeirTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;
  private static Weir one;
  private static Weir two;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")));
    one = builder("one").start();
    two = builder("two").start();
    one.awaitReady(PATIENCE);
    two.awaitReady(PATIENCE);
  }

  @AfterAll
  static void stop() {
    two.close();
    one.close();
    one.close();
    kafka.close();
  }

  private static Builder builder(String node) {
    return Weir.builder()
        .application("weir-test")
        .bootstrapServers(kafka.bootstrapServers())
        .listen("127.0.0.1:0")
        .stateDirectory(directory.resolve(node))
        .shards(3)
        .set(Setting.NODE, node)
        .set(Setting.MEMORY, "64MiB")
        .collection("note", KeyType.Scalar.STRING)
        .collection("number", KeyType.Scalar.LONG)
        .collectionFrom("weir-test.orders", "order", KeyType.Scalar.LONG);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /**
   * Every node answers for every shard: quarkus #10064, spring-cloud-stream-binder-kafka #829 and
   * #369, kstreamplify #141, spring-kafka #2942 and #3034, typestream #146, ksql #9672.
   */
  @Test
  void whatOneNodeWritesEveryNodeReads() {
    WeirCollection<Long> here = one.collection("number", Long.class);
    WeirCollection<Long> there = two.collection("number", Long.class);
    List<Long> keys = new ArrayList<>();
    for (long key = -10; key < 10; key++) {
      (key % 2 == 0 ? here : there).put(key, json("{\"n\":" + key + "}"));
      keys.add(key);
    }

    for (WeirCollection<Long> numbers : List.of(here, there)) {
      assertThat(numbers.get(-3L).orElseThrow().value()).isEqualTo(json("{\"n\":-3}"));
      assertThat(numbers.get(77L)).isEmpty();
      assertThat(numbers.multiGet(keys).keySet()).containsExactlyElementsOf(keys);
      assertThat(numbers.multiGet(List.of(5L, 99L, -5L)).keySet()).containsExactly(5L, -5L);
      assertThat(numbers.multiGet(List.of())).isEmpty();
      assertThat(numbers.range(-2L, 2L, 100))
          .extracting(e -> e.key())
          .containsExactly(-2L, -1L, 0L, 1L);
      assertThat(numbers.range(null, null, 100)).hasSize(20);
      assertThat(numbers.range(null, null, 7)).extracting(e -> e.key()).startsWith(-10L).hasSize(7);
      assertThat(numbers.count()).isEqualTo(20);
    }
    assertThat(there.delete(9L)).isTrue();
    assertThat(there.delete(9L)).isFalse();
    assertThat(here.get(9L)).isEmpty();
  }

  @Test
  void prefixesGoOverTheShards() {
    WeirCollection<String> notes = one.collection("note", String.class);
    for (String key : List.of("a/1", "a/2", "b/1", "aé", "ab")) {
      notes.put(key, json("true"));
    }
    assertThat(two.collection("note", String.class).prefix("a/", 10))
        .extracting(e -> e.key())
        .containsExactly("a/1", "a/2");
    assertThat(notes.prefix("", 10)).extracting(e -> e.key()).startsWith("a/1", "a/2", "ab", "aé");
  }

  @Test
  void wrongUseIsAnIllegalArgument() {
    assertThatThrownBy(() -> one.collection("nota", String.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no collection 'nota'");
    assertThatThrownBy(() -> one.collection("note", Long.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ask for String, not Long");
    assertThatThrownBy(() -> one.collection("order", Long.class).put(1L, json("{}")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.collection("note", String.class).put("\ud800", json("{}")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void servesTheSameOverHttpAndGraphQl() throws IOException, InterruptedException {
    one.collection("note", String.class).put("http", json("{\"text\":\"é\"}"));
    HttpClient http = HttpClient.newHttpClient();
    for (Weir node : List.of(one, two)) {
      var document = get(http, node.url() + "/v1/collections/note/documents/http");
      assertThat(document.statusCode()).isEqualTo(200);
      assertThat(document.body()).isEqualTo("{\"text\":\"é\"}");
      var graphql = get(http, node.url() + "/graphql?query=%7Bnote(key:%22http%22)%7Bkey%7D%7D");
      assertThat(graphql.body()).startsWith("{\"data\":{\"note\":{\"key\":\"http\"}}");
      assertThat(get(http, node.url() + "/healthz/ready").statusCode()).isEqualTo(200);
      assertThat(get(http, node.url() + "/metrics").body())
          .contains("jvm_memory_used_bytes", "kafka_", "weir_");
      assertThat(json(get(http, node.url() + "/v1/cluster").body()).path("nodes")).hasSize(2);
    }
  }

  private static HttpResponse<String> get(HttpClient http, String url)
      throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  @Test
  void saysWhyItCannotStartAndLeavesNothingBehind() {
    assertThatThrownBy(() -> builder("one").start())
        .isInstanceOf(WeirStartException.class)
        .hasMessageContaining(directory.resolve("one").toString());
    String taken = one.url().replace("http://", "");
    assertThatThrownBy(() -> builder("three").listen(taken).start())
        .hasMessageContaining(taken.substring(taken.lastIndexOf(':') + 1));
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Weir again = builder("three").start();
              again.close();
            });
  }
}
