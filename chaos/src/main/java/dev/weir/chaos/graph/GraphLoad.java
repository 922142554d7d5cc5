package dev.weir.chaos.graph;

import dev.weir.chaos.load.AnyNode;
import dev.weir.chaos.process.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Clients that put, change and delete vertices and edges for ever, and what both sides of every
 * edge and every degree must be in the end.
 */
public final class GraphLoad implements AutoCloseable {
  static final String HUB = "hub";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final GraphApi api;
  private final Random random;
  private final List<GraphClient> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicBoolean stopped = new AtomicBoolean();

  /**
   * A load that has not begun.
   *
   * @param urls of the nodes, those included that are down
   * @param pause between two writes of a client
   */
  public GraphLoad(long seed, Supplier<List<String>> urls, int clients, Duration pause) {
    this.api = new GraphApi(urls);
    this.random = new Random(seed);
    GraphClient.Control control = new GraphClient.Control(pause, stopped::get, PATIENCE);
    for (int number = 0; number < clients; number++) {
      GraphClient client = new GraphClient("c" + number, random.nextLong(), api, control);
      this.clients.add(client);
      threads.add(new Thread(client, "graph-" + number));
    }
  }

  /** Begins. */
  public void start() {
    boolean shared =
        Waiting.until(
            PATIENCE,
            () -> api.put(random, GraphApi.VERTICES, HUB, "{}", "hub").status() / 100 == 2);
    if (!shared) {
      throw new IllegalStateException("the first vertex cannot be written");
    }
    threads.forEach(
        thread -> {
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** Ends the writing, once every write is answered. */
  public void stop() throws InterruptedException {
    stopped.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Writes that were acknowledged or refused. */
  public long writes() {
    return clients.stream().mapToLong(GraphClient::writes).sum();
  }

  /** Edges that must be there, those from fields of documents included. */
  public long edges() {
    return expected().edges().size() + expected().references();
  }

  /**
   * What is wrong once nothing is written any more; what is still on its way gets time to arrive.
   */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    clients.forEach(client -> faults.addAll(client.violations()));
    Graph graph = expected();
    SortedSet<String> vertices = new TreeSet<>(List.of(HUB));
    graph.edges().forEach(edge -> vertices.addAll(List.of(edge.from(), edge.to())));
    for (int client = 0; client < clients.size(); client++) {
      for (int i = 0; i < GraphClient.VERTICES; i++) {
        vertices.add("c" + client + "-" + i);
      }
    }
    for (String vertex : vertices) {
      for (boolean out : new boolean[] {true, false}) {
        compare(GraphApi.WRITTEN, vertex, out, graph.written(vertex, out), faults);
        compare(GraphApi.REFERRING, vertex, out, graph.referring(vertex, out), faults);
      }
    }
    faults.addAll(check(graph));
    return faults;
  }

  private Graph expected() {
    Graph graph = new Graph();
    graph.put(HUB, List.of());
    clients.forEach(client -> graph.add(client.graph()));
    return graph;
  }

  private void compare(
      String edges, String vertex, boolean out, Map<String, String> wanted, List<String> faults) {
    GraphApi.Side right = new GraphApi.Side(wanted, wanted.size());
    GraphApi.Side[] seen = new GraphApi.Side[1];
    boolean same =
        Waiting.until(
            faults.isEmpty() ? PATIENCE : Duration.ofSeconds(1),
            () -> {
              seen[0] = api.side(random, edges, vertex, out);
              return seen[0].equals(right);
            });
    if (!same) {
      faults.add(
          "%s %s %s: %s, not %s".formatted(edges, out ? "from" : "to", vertex, seen[0], right));
    }
  }

  private List<String> check(Graph graph) {
    AnyNode.Reply[] reply = new AnyNode.Reply[1];
    boolean answered =
        Waiting.until(
            PATIENCE,
            () -> {
              reply[0] = api.check(random);
              return reply[0].status() == 200;
            });
    List<String> faults = new ArrayList<>();
    if (!answered || !reply[0].body().path("sound").asBoolean()) {
      faults.add("the check of the graph says " + reply[0]);
    }
    Map<String, Long> wanted =
        Map.of(
            GraphApi.WRITTEN, (long) graph.edges().size(), GraphApi.REFERRING, graph.references());
    for (var report : reply[0].body().path("edges")) {
      Long edges = wanted.get(report.path("name").asText());
      if (edges != null && edges != report.path("counted").asLong()) {
        faults.add("%d edges were to be counted: %s".formatted(edges, report));
      }
    }
    return faults;
  }

  @Override
  public void close() throws InterruptedException {
    stop();
  }
}
