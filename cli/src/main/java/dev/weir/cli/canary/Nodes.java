package dev.weir.cli.canary;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.client.WeirClient;
import dev.weir.client.WeirClientException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The nodes as the newest of them that answered has told of them; nodes come and go. One thread.
 */
final class Nodes {
  private static final int REMEMBERED = 100;

  /**
   * A node.
   *
   * @param name its id
   * @param client asks it
   */
  record Node(String name, WeirClient client) {}

  private final Duration timeout;
  private final Map<String, WeirClient> clients = new TreeMap<>();
  private List<Node> nodes;

  /**
   * At first only one.
   *
   * @param url of any node
   * @param timeout of a request
   */
  Nodes(String url, Duration timeout) {
    this.timeout = timeout;
    this.nodes = List.of(new Node(url, client(url)));
  }

  /** Those that may answer; never empty. */
  List<Node> all() {
    return nodes;
  }

  /** The one whose turn it is. */
  Node at(long turn) {
    return nodes.get((int) Math.floorMod(turn, (long) nodes.size()));
  }

  /** Asks who is there; if nobody answers, those of before are kept. */
  boolean refresh() {
    for (WeirClient each : List.copyOf(clients.values())) {
      try {
        List<Node> found = new ArrayList<>();
        for (JsonNode node : each.cluster().path("nodes")) {
          if (node.path("live").asBoolean()) {
            found.add(new Node(node.path("id").asText(), client(node.path("url").asText())));
          }
        }
        if (!found.isEmpty()) {
          nodes = List.copyOf(found);
          return true;
        }
      } catch (WeirClientException | IllegalArgumentException e) {
        // Another one may know.
      }
    }
    return false;
  }

  private WeirClient client(String url) {
    WeirClient known = clients.get(url);
    if (known != null) {
      return known;
    }
    WeirClient made = WeirClient.at(URI.create(url), timeout);
    if (clients.size() < REMEMBERED) {
      clients.put(url, made);
    }
    return made;
  }
}
