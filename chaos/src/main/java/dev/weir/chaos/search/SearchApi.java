package dev.weir.chaos.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.chaos.load.AnyNode;
import dev.weir.chaos.load.AnyNode.Reply;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Calls that concern one collection and its indexes, each at a node chosen at random. */
final class SearchApi {
  static final String COLLECTION = "searched";

  private static final String DEFINITION =
      "{\"name\":\"%s\",\"key\":\"string\",\"writer\":\"api\",\"indexes\":[%s]}";
  private static final String INDEX = "{\"name\":\"%s\",\"on\":[\"tag\",\"n\"]}";

  private final AnyNode nodes;

  SearchApi(Supplier<List<String>> urls) {
    this.nodes = new AnyNode(urls);
  }

  Reply put(Random random, String key, String json, String once) {
    return nodes.put(random, COLLECTION, key, json, once);
  }

  Reply delete(Random random, String key, String once) {
    return nodes.delete(random, COLLECTION, key, once);
  }

  /**
   * Defines the collection, or changes its indexes in one step.
   *
   * @param add name of an index of tags; empty = none
   * @param drop name of an index; empty = none
   */
  Reply define(Random random, String add, String drop) {
    String indexes = add.isEmpty() ? "" : INDEX.formatted(add);
    String dropped =
        drop.isEmpty() ? "" : "\"dropIndexes\":[\"%s.%s\"],".formatted(COLLECTION, drop);
    String body =
        "{%s\"collections\":[%s]}".formatted(dropped, DEFINITION.formatted(COLLECTION, indexes));
    return nodes.send(
        nodes
            .request(random, "/v1/definitions")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  /** Names of the indexes that are defined; empty = nobody says. */
  Optional<List<String>> indexes(Random random) {
    Reply reply = nodes.send(nodes.request(random, "/v1/definitions").GET());
    if (!reply.ok()) {
      return Optional.empty();
    }
    for (JsonNode collection : reply.body().path("collections")) {
      if (collection.path("name").asText().equals(COLLECTION)) {
        return Optional.of(collection.path("indexes").findValuesAsText("name"));
      }
    }
    return Optional.of(List.of());
  }

  /**
   * One page of what matches.
   *
   * @param cursor of the page before; empty = the first
   */
  Reply page(Random random, String filter, int limit, String cursor) {
    String path =
        "/v1/collections/%s/documents?limit=%d&filter=%s%s"
            .formatted(
                COLLECTION,
                limit,
                URLEncoder.encode(filter, StandardCharsets.UTF_8),
                cursor.isEmpty() ? "" : "&cursor=" + cursor);
    return nodes.send(nodes.request(random, path).header("Weir-Consistency", "strong").GET());
  }

  /** How a question would be answered. */
  Reply explain(Random random, String filter) {
    return nodes.send(
        nodes
            .request(
                random,
                "/v1/collections/%s/documents?explain=true&filter=%s"
                    .formatted(COLLECTION, URLEncoder.encode(filter, StandardCharsets.UTF_8)))
            .GET());
  }

  /** Nodes and shards, as a node sees them. */
  Reply cluster(Random random) {
    return nodes.send(nodes.request(random, "/v1/cluster").GET());
  }
}
