package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Questions by contents over three nodes, beside a naive evaluation of the same documents. */
@Timeout(300)
class SearchClusterTest {
  private static final Logger LOG = LoggerFactory.getLogger(SearchClusterTest.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long SEED = Long.getLong("weir.model.seed", System.nanoTime());
  private static final int DOCUMENTS = 120;
  private static final int QUESTIONS = 25;
  private static final String[] CITIES = {"Oslo", "Bergen", "Øre", ""};

  @TempDir private Path directory;

  /** A test of a field, as text and naively. */
  private record Condition(String text, Predicate<JsonNode> holds) {}

  @Test
  void answersAreEqualAndPagesOutliveANode() {
    LOG.info("seed {}", SEED);
    try (LiveCluster cluster = new LiveCluster(directory, "search")) {
      Map<String, JsonNode> documents = fill(cluster.nodes().get(0));
      everyWayAnswersAlike(cluster.nodes(), documents);
      aListWithWhatIsNestedInItTakesTwoCallsToEachNode(cluster.nodes());
      pagesHoldWhileOthersWriteAndANodeLeaves(cluster, documents);
    }
  }

  private static Map<String, JsonNode> fill(Weir node) {
    Random random = new Random(SEED);
    Map<String, JsonNode> documents = new TreeMap<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      ObjectNode document = JSON.createObjectNode();
      document.put("n", random.nextInt(12)).put("share", random.nextInt(40) / 4.0);
      String city = CITIES[random.nextInt(CITIES.length)];
      if (!city.isEmpty()) {
        document.putObject("address").put("city", city);
      }
      document.putArray("tags").add("t" + random.nextInt(3)).add("u" + random.nextInt(2));
      documents.put("d%03d".formatted(i), document);
    }
    WeirCollection<String> notes = node.collection("note", String.class);
    documents.forEach(notes::put);
    return documents;
  }

  /** A hundred edges with the document at the end of each, at most two calls a node. */
  @SuppressWarnings("rawtypes") // a class literal has no type arguments
  private static void aListWithWhatIsNestedInItTakesTwoCallsToEachNode(List<Weir> nodes) {
    WeirCollection<Long> places = nodes.get(0).collection("place", Long.class);
    WeirCollection<List> leads = nodes.get(0).collection("leads", List.class);
    for (long n = 0; n < 100; n++) {
      places.put(n, JSON.createObjectNode().put("n", n));
      leads.put(List.of(n, (n * 37) % 100), JSON.createObjectNode());
    }
    String nested = "{leadsRange(first:100){edges{node{to{json}}}}}";
    String followed = "{placeRange(first:100){edges{node{leads(first:5){degree edges{nodeKey}}}}}}";
    for (String query : List.of(nested, followed)) {
      for (Weir node : nodes) {
        double before = calls(node);
        JsonNode answer = graphQl(node, JSON.createObjectNode().put("query", query));
        assertThat(answer.findValues("node")).as(answer.toString()).hasSize(100);
        assertThat(answer.findValuesAsText("json")).doesNotContain("null");
        assertThat(calls(node) - before).as(query).isBetween(1.0, 2.0 * (nodes.size() - 1));
      }
    }
  }

  /** How often a node has asked others. */
  private static double calls(Weir node) {
    return Double.parseDouble(
        text(node, "/metrics")
            .lines()
            .filter(line -> line.startsWith("weir_route_calls_total"))
            .findFirst()
            .orElseThrow()
            .replaceAll(".* ", ""));
  }

  private static String text(Weir node, String path) {
    try {
      var request = HttpRequest.newBuilder(URI.create(node.url() + path)).build();
      return CLIENT.send(request, BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(path, e);
    }
  }

  private static void everyWayAnswersAlike(List<Weir> nodes, Map<String, JsonNode> documents) {
    Random random = new Random(SEED);
    for (int i = 0; i < QUESTIONS; i++) {
      Condition test = test(random, 0);
      boolean byNumber = random.nextBoolean();
      List<String> expected = naive(documents, test.holds, byNumber);
      String what = "seed %d: %s, by number: %s".formatted(SEED, test.text, byNumber);
      Weir node = nodes.get(i % nodes.size());

      Search<String> search = node.collection("note", String.class).where(test.text);
      List<String> library = new ArrayList<>();
      (byNumber ? search.orderedBy("n desc, address.city") : search)
          .first(1_000)
          .forEach(entry -> library.add(entry.key()));
      assertThat(library).as(what).isEqualTo(expected);
      assertThat(search.count()).as(what).isEqualTo(expected.size());

      String order = byNumber ? "&orderBy=" + encode("n desc,address.city") : "";
      String path = "filter=" + encode(test.text) + order + "&limit=7";
      assertThat(pages(node, path, page -> node)).as(what).isEqualTo(expected);
      assertThat(graphQl(nodes.get((i + 1) % nodes.size()), test.text, byNumber))
          .as(what)
          .isEqualTo(expected);
    }
  }

  private static List<String> naive(
      Map<String, JsonNode> documents, Predicate<JsonNode> holds, boolean byNumber) {
    List<String> keys = new ArrayList<>();
    documents.forEach(
        (key, document) -> {
          if (holds.test(document)) {
            keys.add(key);
          }
        });
    if (byNumber) {
      Comparator<String> number =
          Comparator.comparing(key -> -documents.get(key).path("n").asInt());
      // What has no city comes first; these texts compare alike by chars and by code points.
      keys.sort(
          number
              .thenComparing(key -> documents.get(key).at("/address/city").asText(""))
              .thenComparing(Comparator.naturalOrder()));
    }
    return keys;
  }

  private static Condition test(Random random, int depth) {
    int n = random.nextInt(12);
    String city = CITIES[random.nextInt(3)];
    return switch (random.nextInt(depth > 2 ? 6 : 9)) {
      case 0 -> new Condition("n == " + n, d -> d.path("n").asInt() == n);
      case 1 -> new Condition("share <= " + n / 2.0, d -> d.path("share").asDouble() <= n / 2.0);
      case 2 ->
          new Condition(
              "address.city != \"" + city + '"',
              d -> !d.at("/address/city").asText("").equals(city));
      case 3 -> new Condition("has(address.city)", d -> d.at("/address").has("city"));
      case 4 ->
          new Condition(
              "'t" + n % 3 + "' in tags", d -> d.path("tags").get(0).asText().equals("t" + n % 3));
      case 5 ->
          new Condition(
              "between(n, 3, " + n + ")",
              d -> d.path("n").asInt() >= 3 && d.path("n").asInt() <= n);
      case 6 -> {
        Condition part = test(random, depth + 1);
        yield new Condition("!(" + part.text + ")", part.holds.negate());
      }
      case 7 -> {
        Condition a = test(random, depth + 1);
        Condition b = test(random, depth + 1);
        yield new Condition("(" + a.text + ") && (" + b.text + ")", a.holds.and(b.holds));
      }
      default -> {
        Condition a = test(random, depth + 1);
        Condition b = test(random, depth + 1);
        yield new Condition("(" + a.text + ") || (" + b.text + ")", a.holds.or(b.holds));
      }
    };
  }

  /** Rows that nobody touches come exactly once, whatever else is written and whoever goes. */
  private static void pagesHoldWhileOthersWriteAndANodeLeaves(
      LiveCluster cluster, Map<String, JsonNode> documents) {
    List<String> expected = naive(documents, d -> d.path("n").asInt() < 9, true);
    Weir staying = cluster.nodes().get(0);
    Weir other = cluster.nodes().get(1);
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(staying, stop));
    try {
      String path =
          "filter="
              + encode("n < 9")
              + "&orderBy="
              + encode("n desc,address.city")
              + "&limit=5&consistency=eventual";
      List<String> seen =
          pages(
              staying,
              path,
              page -> {
                if (page == 3) {
                  cluster.nodes().get(2).close();
                }
                return page % 2 == 0 ? staying : other;
              });
      seen.removeIf(key -> key.startsWith("x"));
      assertThat(seen).as("seed %d", SEED).isEqualTo(expected);
    } finally {
      stop.set(true);
      writer.join();
    }
  }

  private static void write(Weir node, AtomicBoolean stop) {
    WeirCollection<String> notes = node.collection("note", String.class);
    Random random = new Random(SEED);
    while (!stop.get()) {
      String key = "x" + random.nextInt(60);
      try {
        if (random.nextInt(4) == 0) {
          notes.delete(key);
        } else {
          notes.put(key, JSON.createObjectNode().put("n", random.nextInt(12)));
        }
      } catch (RefusedException e) {
        Thread.onSpinWait(); // its shard is on its way
      }
    }
  }

  private interface Chooser {
    Weir node(int page);
  }

  private static List<String> pages(Weir first, String query, Chooser nodes) {
    List<String> keys = new ArrayList<>();
    String cursor = "";
    Weir node = first;
    for (int page = 1; ; page++) {
      JsonNode answer = patiently(node, "/v1/collections/note/documents?" + query + cursor);
      answer.path("items").forEach(item -> keys.add(item.path("key").asText()));
      if (answer.path("cursor").isNull()) {
        return keys;
      }
      cursor = "&cursor=" + answer.path("cursor").asText();
      node = nodes.node(page);
    }
  }

  /** Asks again while shards move. */
  private static JsonNode patiently(Weir node, String path) {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      var request = HttpRequest.newBuilder(URI.create(node.url() + path)).build();
      try {
        var answer = CLIENT.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return JSON.readTree(answer.body());
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(Instant.now()).as(answer.body()).isBefore(end);
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(path, e);
      }
    }
  }

  private static List<String> graphQl(Weir node, String filter, boolean byNumber) {
    String order =
        byNumber ? ",orderBy:[{field:\"n\",descending:true},{field:\"address.city\"}]" : "";
    ObjectNode body = JSON.createObjectNode();
    body.put(
        "query", "query($w:JSON){noteRange(first:1000,where:$w" + order + "){edges{node{key}}}}");
    body.putObject("variables").put("w", filter);
    List<String> keys = new ArrayList<>();
    graphQl(node, body)
        .at("/data/noteRange/edges")
        .forEach(edge -> keys.add(edge.at("/node/key").asText()));
    return keys;
  }

  private static JsonNode graphQl(Weir node, ObjectNode body) {
    var request =
        HttpRequest.newBuilder(URI.create(node.url() + "/graphql"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    try {
      JsonNode answer = JSON.readTree(CLIENT.send(request, BodyHandlers.ofString()).body());
      assertThat(answer.has("errors")).as(answer.toString()).isFalse();
      return answer;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(body.toString(), e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
