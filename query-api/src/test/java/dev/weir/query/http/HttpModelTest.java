package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Random work through HTTP beside a sorted map; a failure prints its seed. */
class HttpModelTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  private static final String[] PARTS = {
    "a", "b", "/", "%", "ä", "\uD83D\uDE00", "\uFFFF", "", "Z"
  };

  /** A seed may be tried twice; each time gets keys of its own. */
  private static final AtomicInteger RUNS = new AtomicInteger();

  private static TestServer server;

  @BeforeContainer
  static void start() {
    server = new TestServer();
  }

  @AfterContainer
  static void stop() {
    server.close();
  }

  @Property(tries = 8)
  void httpAnswersLikeASortedMap(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    String space = "run " + RUNS.incrementAndGet() + "/";
    NavigableMap<String, Integer> model = new TreeMap<>(BY_BYTES);
    for (int step = 0; step < 120; step++) {
      String key = space + word(random);
      switch (random.nextInt(7)) {
        case 0, 1, 2 -> put(key, step, model);
        case 3 -> delete(key, model);
        case 4 -> get(key, model);
        case 5 -> scan(random, space, model);
        default -> batch(random, space, model);
      }
    }
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      word.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return word.toString();
  }

  private static void put(String key, int value, Map<String, Integer> model) {
    int status = server.putJson(TestServer.document("note", key), "" + value).statusCode();
    assertThat(status).isEqualTo(model.put(key, value) == null ? 201 : 200);
  }

  private static void delete(String key, Map<String, Integer> model) {
    String path = TestServer.document("note", key);
    assertThat(server.send("DELETE", path, "", "").statusCode()).isEqualTo(204);
    model.remove(key);
  }

  private static void get(String key, Map<String, Integer> model) {
    HttpResponse<String> answer = server.get(TestServer.document("note", key));
    Integer value = model.get(key);
    assertThat(answer.statusCode()).isEqualTo(value == null ? 404 : 200);
    if (value != null) {
      assertThat(answer.body()).isEqualTo(value.toString());
    }
  }

  private static void batch(Random random, String space, Map<String, Integer> model)
      throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      keys.add(space + word(random));
    }
    String body = MAPPER.writeValueAsString(Map.of("keys", keys));
    JsonNode items =
        MAPPER
            .readTree(
                server
                    .send("POST", "/v1/collections/note/batch-get", "application/json", body)
                    .body())
            .path("items");
    assertThat(items).hasSameSizeAs(keys);
    for (int i = 0; i < keys.size(); i++) {
      Integer value = model.get(keys.get(i));
      assertThat(items.get(i).path("key").asText()).isEqualTo(keys.get(i));
      assertThat(items.get(i).path("found").asBoolean()).isEqualTo(value != null);
      assertThat(items.get(i).path("document").asInt(-1)).isEqualTo(value == null ? -1 : value);
    }
  }

  /** Page by page, in both directions. */
  private static void scan(Random random, String space, NavigableMap<String, Integer> model)
      throws Exception {
    boolean descending = random.nextBoolean();
    boolean fromInclusive = random.nextBoolean();
    boolean toInclusive = random.nextBoolean();
    String a = space + word(random);
    String b = space + word(random);
    String from = BY_BYTES.compare(a, b) <= 0 ? a : b;
    String to = BY_BYTES.compare(a, b) <= 0 ? b : a;
    String query;
    NavigableMap<String, Integer> expected;
    if (random.nextBoolean()) {
      query = "?prefix=" + TestServer.encode(from);
      expected = new TreeMap<>(BY_BYTES);
      model.forEach(
          (k, v) -> {
            if (k.startsWith(from)) {
              expected.put(k, v);
            }
          });
    } else {
      query =
          "?from="
              + TestServer.encode(from)
              + "&to="
              + TestServer.encode(to)
              + "&fromInclusive="
              + fromInclusive
              + "&toInclusive="
              + toInclusive;
      boolean empty = from.equals(to) && !(fromInclusive && toInclusive);
      expected =
          empty ? new TreeMap<>(BY_BYTES) : model.subMap(from, fromInclusive, to, toInclusive);
    }
    query += "&order=" + (descending ? "desc" : "asc") + "&limit=" + (1 + random.nextInt(4));
    Map<String, Integer> found = new java.util.LinkedHashMap<>();
    String cursor = "";
    do {
      JsonNode page =
          MAPPER.readTree(server.get("/v1/collections/note/documents" + query + cursor).body());
      page.path("items")
          .forEach(i -> found.put(i.path("key").asText(), i.path("document").asInt()));
      cursor = page.path("cursor").isNull() ? "" : "&cursor=" + page.path("cursor").asText();
    } while (!cursor.isEmpty());
    assertThat(new ArrayList<>(found.entrySet()))
        .isEqualTo(new ArrayList<>((descending ? expected.descendingMap() : expected).entrySet()));
  }
}
