package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.graph.Algorithm;
import dev.weir.graph.Need;
import dev.weir.graph.RunOutcome;
import dev.weir.graph.algorithms.Algorithms;
import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.compact.GraphBuilder;
import dev.weir.graph.job.JobView;
import dev.weir.graph.job.LiveJobs;
import dev.weir.graph.worker.BatchEngine;
import dev.weir.graph.worker.RunOptions;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.Result;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Condition;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Algorithms over the graph of three nodes come to what they come to in one process. */
@Timeout(280)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("rawtypes") // a class literal has no type arguments
class LiveJobsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SHARDS = 6;
  private static final int VERTICES = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path directory;

  private EmbeddedKafka kafka;
  private final List<Weir> nodes = new ArrayList<>();
  private final List<long[]> edges = new ArrayList<>();

  @BeforeAll
  void start() throws Exception {
    kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")));
    for (int i = 0; i < 3; i++) {
      nodes.add(node(i));
    }
    nodes.forEach(each -> each.awaitReady(PATIENCE));
    write();
  }

  @AfterAll
  void stop() {
    nodes.forEach(Weir::close);
    kafka.close();
  }

  private Weir node(int number) {
    return Weir.builder()
        .application("jobs")
        .bootstrapServers(kafka.bootstrapServers())
        .listen("127.0.0.1:0")
        .stateDirectory(directory.resolve("node-" + number))
        .shards(SHARDS)
        .set(Setting.MEMORY, "64MiB")
        .collection("person", KeyType.Scalar.LONG)
        .collection("word", KeyType.Scalar.STRING)
        .edges("knows", "person", "person")
        .edges("rhymes", "word", "word")
        .start();
  }

  private void write() throws Exception {
    Random random = new Random(5);
    Map<Integer, List<Operation.When>> batches = new TreeMap<>();
    for (long id = 0; id < VERTICES; id++) {
      add(batches, "person", id * 7, "{\"even\":" + (id % 2 == 0) + "}");
      add(batches, "word", "w" + id, "{}");
    }
    TreeMap<String, Boolean> met = new TreeMap<>();
    for (int i = 0; i < 3 * VERTICES; i++) {
      long from = random.nextInt(VERTICES);
      long to = random.nextInt(VERTICES / 2);
      int weight = 1 + random.nextInt(9);
      if (met.put(from + " " + to, true) == null) {
        edges.add(new long[] {from, to, weight});
        add(batches, "knows", List.of(from * 7, to * 7), "{\"w\":" + weight + "}");
        add(batches, "rhymes", List.of("w" + from, "w" + to), "{}");
      }
    }
    // An edge to somebody who does not exist is no edge of the graph.
    add(batches, "knows", List.of(7L, 1L), "{\"w\":1}");
    for (List<Operation.When> batch : batches.values()) {
      for (int at = 0; at < batch.size(); at += 1_000) {
        List<Operation.When> part = batch.subList(at, Math.min(batch.size(), at + 1_000));
        Result<Outcome> done = nodes.get(0).database().submit(new Operation.Batch(part)).join();
        assertThat(done).isInstanceOf(Result.Success.class);
        assertThat(((Result.Success<Outcome>) done).value()).isInstanceOf(Outcome.Batched.class);
      }
    }
  }

  private void add(Map<Integer, List<Operation.When>> batches, String name, Object key, String json)
      throws Exception {
    CollectionDefinition collection =
        nodes.get(0).database().catalogue().collection(name).orElseThrow();
    Operation.Put put =
        new Operation.Put(
            collection.id(),
            KeyCodec.of(collection.keyType()).encode(key),
            json.getBytes(StandardCharsets.UTF_8));
    int shard = nodes.get(0).database().shards().shardOf(collection, put.key());
    batches
        .computeIfAbsent(shard, none -> new ArrayList<>())
        .add(new Operation.When(new Condition.Always(), put));
  }

  /** The same graph in this process. */
  private CompactGraph inMemory(boolean directed, boolean onlyEven) {
    GraphBuilder builder = new GraphBuilder(SHARDS, directed, true);
    for (long id = 0; id < VERTICES; id++) {
      if (!onlyEven || id % 2 == 0) {
        builder.vertex(id * 7);
      }
    }
    for (long[] edge : edges) {
      var unused = builder.edge(edge[0] * 7, edge[1] * 7, (double) edge[2]);
    }
    return builder.build(true);
  }

  private static Map<Long, Long> bits(
      CompactGraph graph, Algorithm algorithm, Map<String, String> parameters) {
    try (BatchEngine engine = BatchEngine.standard()) {
      RunOutcome outcome =
          engine.start(graph, algorithm, parameters, RunOptions.standard()).outcome().join();
      var values = ((RunOutcome.Completed) outcome).values();
      Map<Long, Long> bits = new TreeMap<>();
      values.forEach((id, whole, number) -> bits.put(id, Double.doubleToRawLongBits(number)));
      return bits;
    }
  }

  private JobView run(Weir node, String request) throws Exception {
    LiveJobs.Submission submission = node.jobs().submit(JSON.readTree(request)).join();
    assertThat(submission).as(request).isInstanceOf(LiveJobs.Taken.class);
    String id = ((LiveJobs.Taken) submission).job().id();
    await()
        .atMost(PATIENCE)
        .until(() -> node.jobs().job(id).filter(job -> job.state().isEnd()).isPresent());
    return node.jobs().job(id).orElseThrow();
  }

  private Map<Long, Long> written(JobView job, boolean doubles) {
    assertThat(job.state()).as(job.toString()).isEqualTo(JobView.State.DONE);
    Map<Long, Long> bits = new TreeMap<>();
    nodes
        .get(1)
        .collection(job.request().result(), List.class)
        .prefix("[\"" + job.run() + "\"]", VERTICES + 1)
        .forEach(
            document -> {
              JsonNode value = document.value().path("value");
              double number = value.doubleValue();
              if (value.isNull()) {
                number = doubles ? Double.POSITIVE_INFINITY : (double) Long.MAX_VALUE;
              }
              bits.put(
                  (Long) ((List<?>) document.key()).get(1), Double.doubleToRawLongBits(number));
            });
    return bits;
  }

  /**
   * Inside the database, with no other cluster: dgraph #2517 and #9091, arangodb #20677, janusgraph
   * #985, #1228 and #2201.
   */
  @Test
  void everyAlgorithmComesToTheSameBits() throws Exception {
    for (Algorithm algorithm : Algorithms.all()) {
      for (boolean directed : new boolean[] {true, false}) {
        Map<String, String> parameters = new TreeMap<>();
        algorithm
            .parameters()
            .forEach(
                parameter -> {
                  if (parameter.preset() == null) {
                    parameters.put(parameter.name(), "21");
                  } else if (parameter.name().equals("iterations")) {
                    parameters.put(parameter.name(), "4");
                  }
                });
        boolean weighted = algorithm.needs().contains(Need.NON_NEGATIVE_WEIGHTS);
        String request =
            "{\"algorithm\":\"%s\",\"parameters\":%s,\"edges\":[\"knows\"],\"undirected\":%s%s,"
                    .formatted(
                        algorithm.name(),
                        JSON.writeValueAsString(parameters),
                        !directed,
                        weighted ? ",\"weight\":\"w\"" : "")
                + "\"result\":\"values\"}";
        JobView job = run(nodes.get(algorithm.name().length() % 3), request);
        assertThat(job.restarts()).isEmpty();
        assertThat(written(job, weighted))
            .as(request)
            .isEqualTo(bits(inMemory(directed, false), algorithm, parameters));
        assertThat(Objects.requireNonNull(job.built()).dangling()).isEqualTo(1);
      }
    }
  }

  /** memgraph #1029. */
  @Test
  void filtersChooseASubgraphAndAnyKeyNamesAVertex() throws Exception {
    JobView even =
        run(
            nodes.get(2),
            "{\"algorithm\":\"wcc\",\"edges\":[\"knows\"],\"vertexFilter\":{\"even\":true},"
                + "\"result\":\"even\"}");
    Algorithm wcc = Algorithms.named("wcc").orElseThrow();
    assertThat(written(even, false)).isEqualTo(bits(inMemory(true, true), wcc, Map.of()));

    JobView words =
        run(
            nodes.get(0),
            "{\"algorithm\":\"bfs\",\"parameters\":{\"source\":\"w3\"},\"edges\":[\"rhymes\"],"
                + "\"result\":\"steps\"}");
    Map<Long, Long> steps =
        bits(inMemory(true, false), Algorithms.named("bfs").orElseThrow(), Map.of("source", "21"));
    assertThat(words.state()).as(words.toString()).isEqualTo(JobView.State.DONE);
    var values = nodes.get(1).collection("steps", List.class);
    for (int id = 0; id < VERTICES; id++) {
      double expected = Double.longBitsToDouble(steps.get(id * 7L));
      JsonNode value =
          values.get(List.of(words.run(), "w" + id)).orElseThrow().value().path("value");
      assertThat(value.isNull() ? (double) Long.MAX_VALUE : value.doubleValue())
          .isEqualTo(expected);
    }
    JobView groups =
        run(nodes.get(1), "{\"algorithm\":\"wcc\",\"edges\":[\"rhymes\"],\"result\":\"groups\"}");
    JsonNode group =
        nodes
            .get(0)
            .collection("groups", List.class)
            .get(List.of(groups.run(), "w3"))
            .orElseThrow()
            .value()
            .path("value");
    assertThat(group.textValue()).startsWith("w");
    assertThat(nodes.get(2).collection("groups-runs", String.class).get("latest").orElseThrow())
        .matches(latest -> latest.value().path("run").asText().equals(groups.run()));
  }

  @Test
  void whatIsWrongIsRefused() throws Exception {
    for (String[] wrong :
        new String[][] {
          {"\"algorithm\":\"pagerunk\",\"edges\":[\"knows\"],\"result\":\"x\"", "there are bfs"},
          {"\"algorithm\":\"pr\",\"edges\":[\"likes\"],\"result\":\"x\"", "no edge type 'likes'"},
          {"\"algorithm\":\"pr\",\"edges\":[\"person\"],\"result\":\"x\"", "no edge type 'person'"},
          {"\"algorithm\":\"pr\",\"edges\":[\"knows\"],\"result\":\"person\"", "holds no results"},
          {
            "\"algorithm\":\"pr\",\"parameters\":{\"damping\":2},\"edges\":[\"knows\"],"
                + "\"result\":\"x\"",
            "damping: a number from 0 to 1"
          },
          {"\"algorithm\":\"bfs\",\"edges\":[\"knows\"],\"result\":\"x\"", "source"},
          {
            "\"algorithm\":\"sssp\",\"parameters\":{\"source\":\"7\"},\"edges\":[\"knows\"],"
                + "\"result\":\"x\"",
            "weight"
          },
          {"\"algorithm\":\"pr\",\"edges\":[],\"result\":\"X y\",\"z\":1", "no field 'z'"}
        }) {
      LiveJobs.Submission submission =
          nodes.get(0).jobs().submit(JSON.readTree("{" + wrong[0] + "}")).join();
      assertThat(submission).isInstanceOf(LiveJobs.Faulty.class);
      assertThat(((LiveJobs.Faulty) submission).faults().toString()).contains(wrong[1]);
    }
    JobView missing =
        run(
            nodes.get(0),
            "{\"algorithm\":\"bfs\",\"parameters\":{\"source\":\"1\"},\"edges\":[\"knows\"],"
                + "\"result\":\"missing\"}");
    assertThat(missing.state()).isEqualTo(JobView.State.REFUSED);
    assertThat(missing.reason()).isEqualTo("source: 'person' has no vertex 1");
    JobView empty =
        run(
            nodes.get(0),
            "{\"algorithm\":\"pr\",\"edges\":[\"knows\"],\"vertexFilter\":{\"even\":3},"
                + "\"result\":\"empty\"}");
    assertThat(empty.state()).isEqualTo(JobView.State.REFUSED);
    assertThat(empty.reason()).contains("the graph is empty");
  }

  @Test
  void jobsAreFollowedAndRemovedOverHttp() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    String jobs = nodes.get(0).url() + "/v1/jobs";
    HttpRequest.BodyPublisher body =
        HttpRequest.BodyPublishers.ofString(
            "{\"algorithm\":\"degree\",\"edges\":[\"knows\"],\"result\":\"over-http\"}");
    HttpResponse<String> taken =
        client.send(
            HttpRequest.newBuilder(URI.create(jobs))
                .header("Content-Type", "application/json")
                .POST(body)
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    String id = JSON.readTree(taken.body()).path("id").asText();
    URI elsewhere = URI.create(nodes.get(2).url() + "/v1/jobs/" + id);
    await()
        .atMost(PATIENCE)
        .until(() -> get(client, elsewhere).path("state").asText().equals("done"));
    assertThat(get(client, elsewhere).path("values").asInt()).isEqualTo(VERTICES);
    client.send(
        HttpRequest.newBuilder(elsewhere).DELETE().build(), HttpResponse.BodyHandlers.ofString());
    var values = nodes.get(1).collection("over-http", List.class);
    await().atMost(PATIENCE).until(() -> values.count() == 0);
    await()
        .atMost(PATIENCE)
        .until(() -> get(client, elsewhere).path("type").asText().contains("unknown-job"));
  }

  private static JsonNode get(HttpClient client, URI uri) throws Exception {
    return JSON.readTree(
        client
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
            .body());
  }
}
