package dev.weir.chaos.graph;

import dev.weir.chaos.graph.Graph.Edge;
import dev.weir.chaos.load.AnyNode;
import dev.weir.chaos.process.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * One client, with vertices of its own between which, and to and from a vertex that all share, it
 * writes edges. Every write has a key of its own and is sent again under it until it is answered,
 * so that the client knows at any time what the graph must be.
 */
final class GraphClient implements Runnable {
  static final int VERTICES = 8;
  private static final Duration RETRY = Duration.ofMillis(100);

  private final String name;
  private final Random random;
  private final GraphApi api;
  private final Control control;
  private final Graph graph = new Graph();
  private final List<String> violations = new ArrayList<>();
  private long writes;

  /**
   * How clients are driven.
   *
   * @param pause between two writes
   * @param stopped whether the load is over
   * @param patience longest wait for anything to be answered
   */
  record Control(Duration pause, Supplier<Boolean> stopped, Duration patience) {}

  GraphClient(String name, long seed, GraphApi api, Control control) {
    this.name = name;
    this.random = new Random(seed);
    this.api = api;
    this.control = control;
  }

  @Override
  public void run() {
    while (!control.stopped().get() && violations.isEmpty()) {
      step();
      Waiting.pass(control.pause());
    }
  }

  /** What must be, once it has ended. */
  Graph graph() {
    return graph;
  }

  /** What was answered and can not be. */
  List<String> violations() {
    return violations;
  }

  long writes() {
    return writes;
  }

  private void step() {
    List<Edge> edges = graph.edges();
    int choice = random.nextInt(100);
    if (choice < 50 || (choice < 70 && edges.isEmpty())) {
      putEdge();
    } else if (choice < 70) {
      deleteEdge(edges.get(random.nextInt(edges.size())));
    } else if (choice < 88) {
      putVertex(own());
    } else {
      deleteVertex(own());
    }
  }

  private String own() {
    return name + "-" + random.nextInt(VERTICES);
  }

  /** One of its own, or that of all. */
  private String any() {
    return random.nextInt(4) == 0 ? GraphLoad.HUB : own();
  }

  private void putEdge() {
    boolean fromHub = random.nextInt(5) == 0;
    String from = fromHub ? GraphLoad.HUB : own();
    Edge edge = new Edge(from, fromHub ? own() : any(), random.nextBoolean() ? "a" : "b");
    long number = writes;
    String json = "{\"n\":" + number + "}";
    if (acknowledged(
        "PUT " + edge, once -> api.put(random, GraphApi.WRITTEN, edge.key(), json, once))) {
      graph.put(edge, number);
    }
  }

  private void deleteEdge(Edge edge) {
    if (acknowledged(
        "DELETE " + edge, once -> api.delete(random, GraphApi.WRITTEN, edge.key(), once))) {
      graph.delete(edge);
    }
  }

  private void putVertex(String vertex) {
    List<String> references =
        random
            .ints(random.nextInt(4), 0, VERTICES + 1)
            .distinct()
            .mapToObj(i -> i == VERTICES ? GraphLoad.HUB : name + "-" + i)
            .toList();
    String json =
        references.isEmpty() ? "{}" : "{\"refers\":[\"" + String.join("\",\"", references) + "\"]}";
    if (acknowledged(
        "PUT " + vertex, once -> api.put(random, GraphApi.VERTICES, vertex, json, once))) {
      graph.put(vertex, references);
    }
  }

  /**
   * An edge of which the vertex's shard has not heard yet would come after the deletion, and stay:
   * it is written before its end exists again. So it waits until all have arrived.
   */
  private void deleteVertex(String vertex) {
    if (!graph.has(vertex)) {
      return;
    }
    long edges = graph.in(vertex);
    if (!Waiting.until(
        control.patience(),
        () -> api.side(random, GraphApi.WRITTEN, vertex, false).degree() == edges)) {
      violations.add(
          "%s has %d edges that end there, not %d"
              .formatted(
                  vertex, api.side(random, GraphApi.WRITTEN, vertex, false).degree(), edges));
    } else if (acknowledged(
        "DELETE " + vertex, once -> api.delete(random, GraphApi.VERTICES, vertex, once))) {
      graph.delete(vertex);
    }
  }

  /** A write under a key of its own. */
  private interface Write {
    AnyNode.Reply send(String once);
  }

  private boolean acknowledged(String what, Write write) {
    String once = name + "-" + writes++;
    boolean[] done = {false};
    boolean answered =
        Waiting.until(
            control.patience(),
            () -> {
              AnyNode.Reply reply = write.send(once);
              if (reply.status() >= 200 && reply.status() < 300) {
                done[0] = true;
              } else if (reply.status() >= 400 && reply.status() < 500 && reply.status() != 429) {
                violations.add(what + " was refused: " + reply);
              } else {
                Waiting.pass(RETRY);
                return false;
              }
              return true;
            });
    if (!answered) {
      violations.add(what + " was not answered");
    }
    return done[0];
  }
}
