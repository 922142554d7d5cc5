package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.ClusterView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Followers of a collection on three nodes over a real broker, one of which is killed while it
 * serves them: each ends with the documents, and with the very changes that the others were told.
 */
@Timeout(240)
class FollowClusterTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEYS = 24;
  private static final int KILLS = Integer.getInteger("weir.follow.kills", 1);

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;
  private static Weir one;
  private static Weir two;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, List<Integer>> acknowledged = new ConcurrentHashMap<>();
  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")));
    one = NodeProcess.builder(kafka.bootstrapServers(), "one", directory).start();
    two = NodeProcess.builder(kafka.bootstrapServers(), "two", directory).start();
    one.awaitReady(PATIENCE);
    two.awaitReady(PATIENCE);
  }

  @AfterAll
  static void stop() {
    two.close();
    one.close();
    kafka.close();
  }

  @Test
  void killedAndResumedFollowersEndWithTheChangesOfTheLog() throws Exception {
    NodeProcess third = NodeProcess.start(kafka.bootstrapServers(), "three", directory);
    Follower steady = new Follower("two", false, false);
    Follower restless = new Follower("three", true, false);
    Follower socket = new Follower("three", true, true);
    List<Thread> threads =
        List.of(
            new Thread(this::writeOn, "writer"),
            new Thread(steady::run, "steady"),
            new Thread(restless::run, "restless"),
            new Thread(socket::run, "socket"));
    try {
      threads.forEach(thread -> thread.setDaemon(true)); // they may wait for an event for ever
      threads.subList(1, 4).forEach(Thread::start);
      await().atMost(PATIENCE).until(() -> steady.complete && restless.complete && socket.complete);
      threads.get(0).start();
      for (int kill = 0; kill < KILLS; kill++) {
        int seen = restless.count.get();
        await().atMost(PATIENCE).until(() -> restless.count.get() > seen + 300);
        third.killAndWait();
        int then = restless.count.get();
        await().atMost(PATIENCE).until(() -> restless.count.get() > then + 100);
        third = NodeProcess.start(kafka.bootstrapServers(), "three", directory);
      }
      done.set(true);
      threads.get(0).join();
      await().atMost(PATIENCE).until(() -> steady.state.equals(documents()));
      await().atMost(PATIENCE).until(() -> restless.state.equals(documents()));
      await().atMost(PATIENCE).until(() -> restless.told.equals(steady.told));
      await().atMost(PATIENCE).until(() -> socket.told.equals(steady.told));
    } finally {
      done.set(true);
      over.set(true);
      third.close();
    }

    assertThat(restless.connections.get()).isGreaterThan(KILLS);
    assertThat(socket.connections.get()).isGreaterThan(KILLS);
    steady.told.forEach(
        (key, values) -> {
          assertThat(new HashSet<>(values)).as("nothing twice under %s", key).hasSameSizeAs(values);
          assertThat(values).as(key).containsSubsequence(acknowledged.getOrDefault(key, List.of()));
        });
  }

  /** Every value is written once, so that one that is told twice shows. */
  private void writeOn() {
    Random random = new Random(11);
    for (int value = 1; !done.get(); value++) {
      String key = "k" + random.nextInt(KEYS);
      try {
        notes(random.nextBoolean() ? one : two).put(key, IntNode.valueOf(value));
        acknowledged.computeIfAbsent(key, each -> new ArrayList<>()).add(value);
      } catch (RefusedException e) {
        // Its shard moves; it may have been written all the same.
      }
    }
  }

  private static Map<String, Integer> documents() {
    Map<String, Integer> documents = new TreeMap<>();
    for (int i = 0; i < KEYS; i++) {
      Optional<WeirCollection.Entry<String>> found;
      try {
        found = notes(one).get("k" + i);
      } catch (RefusedException e) {
        return Map.of("not", -1);
      }
      if (found.isPresent()) {
        documents.put("k" + i, found.get().value().asInt());
      }
    }
    return documents;
  }

  private static WeirCollection<String> notes(Weir weir) {
    return weir.collection("note", String.class);
  }

  /**
   * Reads server-sent events, or GraphQL's on a WebSocket, at its node or, when that is away, at
   * another one.
   */
  private final class Follower {
    private final Map<String, Integer> state = new ConcurrentHashMap<>();
    private final Map<String, List<Integer>> told = new ConcurrentHashMap<>();
    private final String favourite;
    private final Random random = new Random(3);
    private final boolean leaves;
    private final boolean socket;
    private String lastId = "";
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean complete;

    Follower(String favourite, boolean leaves, boolean socket) {
      this.favourite = favourite;
      this.leaves = leaves;
      this.socket = socket;
    }

    void run() {
      while (!over.get()) {
        for (String url : List.of(url(favourite), url("one"))) {
          try {
            connections.incrementAndGet();
            if (socket) {
              converse(url);
            } else {
              read(url);
            }
          } catch (IOException e) {
            // The node is gone, or was not there: the other one goes on.
          } catch (InterruptedException e) {
            return;
          }
        }
      }
    }

    private String url(String node) {
      return one.database().cluster().join().nodes().stream()
          .filter(each -> each.id().equals(node))
          .map(ClusterView.Node::url)
          .findFirst()
          .orElse(one.url());
    }

    private void read(String url) throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url + "/v1/collections/note/changes"))
              .timeout(Duration.ofSeconds(10));
      if (!lastId.isEmpty()) {
        request.header("Last-Event-ID", lastId);
      }
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      int most = leaves ? 50 + random.nextInt(300) : Integer.MAX_VALUE;
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        String event = "";
        String data = "";
        String id = "";
        for (String line = lines.readLine(); line != null && most > 0; line = lines.readLine()) {
          if (line.startsWith("event: ")) {
            event = line.substring(7);
          } else if (line.startsWith("data: ")) {
            data = line.substring(6);
          } else if (line.startsWith("id: ")) {
            id = line.substring(4);
          } else if (line.isEmpty() && !event.isEmpty()) {
            take(event, data);
            lastId = id.isEmpty() ? lastId : id;
            event = "";
            most--;
          }
        }
      }
    }

    private void converse(String url) throws IOException, InterruptedException {
      int most = leaves ? 50 + random.nextInt(300) : Integer.MAX_VALUE;
      try (GraphQlSocketClient client = GraphQlSocketClient.open(socketUrl(url))) {
        String after = lastId.isEmpty() ? "" : "(after: \"" + lastId + "\")";
        client.subscribe(
            "subscription { noteChanges" + after + " { kind key cursor node { json } } }");
        for (JsonNode event = client.next(); event != null && most > 0; event = client.next()) {
          JsonNode change = event.path("noteChanges");
          String kind = change.path("kind").asText().toLowerCase(Locale.ROOT);
          take(kind, change.path("key").asText(), change.path("node").path("json").asInt());
          lastId = change.path("cursor").asText(lastId);
          most--;
        }
      }
    }

    private static String socketUrl(String url) {
      return url.replaceFirst("^http", "ws") + "/graphql";
    }

    private void take(String event, String data) throws IOException {
      JsonNode item = JSON.readTree(data);
      take(event, item.path("key").asText(), item.path("document").asInt());
    }

    private void take(String event, String key, int value) {
      complete |= event.equals("complete");
      if (!event.equals("put") && !event.equals("row")) {
        return;
      }
      state.put(key, value);
      if (event.equals("put")) {
        told.computeIfAbsent(key, each -> new ArrayList<>()).add(value);
      }
      count.incrementAndGet();
    }
  }
}
