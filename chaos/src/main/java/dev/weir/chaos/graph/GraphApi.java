package dev.weir.chaos.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.chaos.load.AnyNode;
import dev.weir.chaos.load.AnyNode.Reply;
import java.net.http.HttpRequest.BodyPublishers;
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

  private static final Duration CHECK = Duration.ofMinutes(2);

  private final AnyNode nodes;

  GraphApi(Supplier<List<String>> urls) {
    this.nodes = new AnyNode(urls);
  }

  /**
   * The edges of one side of a vertex.
   *
   * @param items properties by key
   * @param degree how many the database says there are
   */
  record Side(Map<String, String> items, long degree) {}

  Reply put(Random random, String collection, String key, String json, String once) {
    return nodes.put(random, collection, key, json, once);
  }

  Reply delete(Random random, String collection, String key, String once) {
    return nodes.delete(random, collection, key, once);
  }

  /** Asks for one side; null-free: no side is an empty answer with degree -1. */
  Side side(Random random, String edges, String vertex, boolean out) {
    Reply reply =
        nodes.send(
            nodes
                .request(
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
    return nodes.send(
        nodes
            .request(random, "/v1/graph/check?patience=4")
            .timeout(CHECK)
            .POST(BodyPublishers.noBody()));
  }
}
