package dev.weir.chaos.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Calls that concern vertices and edges, each at a node chosen at random. Thread-safe. */
final class GraphApi {
  static final String VERTICES = "vertex";
  static final String WRITTEN = "knows";
  static final String REFERRING = "refers";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration CHECK = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();
  private final Supplier<List<String>> urls;

  GraphApi(Supplier<List<String>> urls) {
    this.urls = urls;
  }

  /**
   * An answer.
   *
   * @param status 0 = there was none
   * @param body missing if it is no JSON
   */
  record Reply(int status, JsonNode body) {
    static final Reply NONE = new Reply(0, MissingNode.getInstance());
  }

  /**
   * The edges of one side of a vertex.
   *
   * @param items properties by key
   * @param degree how many the database says there are
   */
  record Side(Map<String, String> items, long degree) {}

  Reply put(Random random, String collection, String key, String json, String once) {
    return send(
        document(random, collection, key, once)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  Reply delete(Random random, String collection, String key, String once) {
    return send(document(random, collection, key, once).DELETE());
  }

  /** Asks for one side; null-free: no side is an empty answer with degree -1. */
  Side side(Random random, String edges, String vertex, boolean out) {
    Reply reply =
        send(
            request(
                    random,
                    "/v1/graph/neighbours/%s/%s?limit=1000&direction=%s"
                        .formatted(edges, vertex, out ? "out" : "in"))
                .header("Weir-Consistency", "strong")
                .GET());
    Map<String, String> items = new TreeMap<>();
    for (JsonNode item : reply.body().path("items")) {
      JsonNode edge = item.path("edge");
      items.put(edge.path("key").toString(), edge.path("value").toString());
    }
    return new Side(items, reply.status() == 200 ? reply.body().path("degree").asLong(-1) : -1);
  }

  Reply check(Random random) {
    return send(
        request(random, "/v1/graph/check?patience=4").timeout(CHECK).POST(BodyPublishers.noBody()));
  }

  private HttpRequest.Builder document(Random random, String collection, String key, String once) {
    String path = URLEncoder.encode(key, StandardCharsets.UTF_8);
    return request(random, "/v1/collections/" + collection + "/documents/" + path)
        .header("Idempotency-Key", once);
  }

  private HttpRequest.Builder request(Random random, String path) {
    List<String> nodes = urls.get();
    return HttpRequest.newBuilder(URI.create(nodes.get(random.nextInt(nodes.size())) + path))
        .timeout(PATIENCE);
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      byte[] body = response.body();
      return new Reply(
          response.statusCode(),
          body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body));
    } catch (IOException e) {
      return Reply.NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.NONE;
    }
  }
}
