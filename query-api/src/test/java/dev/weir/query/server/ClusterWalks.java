package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.graph.Direction;
import dev.weir.graph.traverse.Budget;
import dev.weir.graph.traverse.Details;
import dev.weir.graph.traverse.Hop;
import dev.weir.graph.traverse.Neighbourhood;
import dev.weir.graph.traverse.Path;
import dev.weir.graph.traverse.Step;
import dev.weir.graph.traverse.Traversed;
import dev.weir.graph.traverse.Traversed.Walked;
import dev.weir.graph.traverse.VertexId;
import dev.weir.store.FilterReader;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Walks over a tree of places, ten of them below each, that all three nodes hold together. */
final class ClusterWalks {
  private static final int WIDTH = 10;
  private static final int PLACES = 1 + WIDTH + WIDTH * WIDTH;
  private static final int OTHER_NODES = 2;

  private final LiveCluster cluster;

  ClusterWalks(LiveCluster cluster) {
    this.cluster = cluster;
  }

  /** Fills the tree, and waits until the edges are known at both ends. */
  void fill() {
    Weir node = cluster.nodes().get(0);
    ObjectNode document = new ObjectMapper().createObjectNode().put("n", 1);
    WeirCollection<Long> places = node.collection("place", Long.class);
    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    WeirCollection<List> leads = node.collection("leads", List.class);
    for (long n = 0; n < PLACES; n++) {
      places.put(n, document);
      if (n > 0) {
        leads.put(List.of((n - 1) / WIDTH, n), document);
      }
    }
    await()
        .atMost(LiveCluster.PATIENCE)
        .until(() -> walk(Direction.BOTH, 3).value().reached().size() == PLACES);
  }

  /** Every hop is one call to each of the other nodes at most, with and without conditions. */
  void expectOneCallForEachNodeAndHop() {
    for (Direction direction : Direction.values()) {
      double before = calls();
      Walked<Neighbourhood> walked = walk(direction, 3);
      assertThat(calls() - before).as("%s", walked.effort()).isBetween(1.0, 3.0 * OTHER_NODES);
      assertThat(walked.cuts()).isEmpty();
    }
    double before = calls();
    Walked<Optional<Path>> path = path(PLACES - 1, 1 + WIDTH);
    assertThat(path.value().orElseThrow().length()).isEqualTo(4);
    assertThat(calls() - before).isBetween(1.0, 5.0 * OTHER_NODES);
  }

  /** However many edge types and vertices a level has: the edges, and the documents behind them. */
  void expectTwoCallsForEachNodeAndLevel() {
    String below = "leads(first: 3) { degree edges { node { key } } }";
    String above = "leadsFromPlace(first: 2) { degree edges { properties node { key } } }";
    String query =
        "{ placeByKeys(keys: [1, 2, 3, 4]) { leads(first: 10) { edges { node { %s %s } } } %s } }"
            .formatted(below, above, above);
    JsonNode body = new ObjectMapper().createObjectNode().put("query", query);
    double before = calls();
    String answer = post("/graphql", body.toString());
    assertThat(answer).doesNotContain("\"errors\"").contains("\"key\":\"4\"");
    int levels = 3; // places, those below, those beside and above them
    assertThat(calls() - before).isBetween(1.0, 2.0 * levels * OTHER_NODES);
  }

  private String post(String path, String json) {
    URI uri = URI.create(cluster.nodes().get(0).url() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return sent(request);
  }

  private Walked<Neighbourhood> walk(Direction direction, int hops) {
    Traversed<Neighbourhood> result =
        cluster
            .nodes()
            .get(0)
            .traversals()
            .neighbourhood(
                place(direction == Direction.IN ? PLACES - 1 : 0),
                Collections.nCopies(hops, hop(direction)),
                Budget.USUAL,
                Details.KEYS);
    assertThat(result).isInstanceOf(Walked.class);
    return (Walked<Neighbourhood>) result;
  }

  private Walked<Optional<Path>> path(long from, long to) {
    Traversed<Optional<Path>> result =
        cluster
            .nodes()
            .get(0)
            .traversals()
            .shortestPath(
                place(from), place(to), hop(Direction.BOTH), 6, Budget.USUAL, Details.KEYS);
    assertThat(result).isInstanceOf(Walked.class);
    return (Walked<Optional<Path>>) result;
  }

  private Hop hop(Direction direction) {
    int edges =
        cluster.nodes().get(0).database().catalogue().collection("leads").orElseThrow().id();
    var heavy = FilterReader.read("{\"n\":{\"gte\":1}}").value().orElseThrow();
    return new Hop(List.of(new Step(edges, direction, heavy)), null);
  }

  private VertexId place(long n) {
    int places =
        cluster.nodes().get(0).database().catalogue().collection("place").orElseThrow().id();
    try {
      return new VertexId(places, KeyCodec.of(KeyType.Scalar.LONG).encode(n));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How often the first node has asked another one. */
  private double calls() {
    URI metrics = URI.create(cluster.nodes().get(0).url() + "/metrics");
    return sent(HttpRequest.newBuilder(metrics).build())
        .lines()
        .filter(line -> line.startsWith("weir_route_calls_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static String sent(HttpRequest request) {
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
