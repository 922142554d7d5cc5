package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.client.Subgraph.Reached;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Walks over the graph, each answered by the node with one call to every node and hop at most. They
 * read at the client's level, and take part in its session. What a walk may take is bounded: {@link
 * Walk#cuts} says where it was cut for that.
 *
 * <p>Every method throws what {@link WeirClient}'s do; a start that does not exist is a {@link
 * ProblemException} of the kind {@code vertex-not-found}. Safe from any thread.
 */
public final class Walks {
  private static final String PATH = "/v1/graph/";
  private static final String GRAPHML = "application/graphml+xml";
  private static final String JSON_TYPE = "application/json";

  private final Sender sender;

  Walks(Sender sender) {
    this.sender = sender;
  }

  /** Sends a read of the client's session; a body is posted. */
  interface Sender {
    Reply send(String path, String accept, Optional<ObjectNode> body);
  }

  /**
   * Which page of a vertex's edges is wanted. Immutable; each method gives a new one.
   *
   * @param scan parameters of the request
   */
  public record Wanted(Scan scan) {

    /** The first hundred edges that begin at the vertex. */
    public static Wanted out() {
      return new Wanted(Scan.all());
    }

    /** The first hundred edges that end at the vertex. */
    public static Wanted in() {
      return new Wanted(Scan.all().with("direction", "in"));
    }

    /** Only edges whose properties fulfil a condition. */
    public Wanted where(ObjectNode condition) {
      return new Wanted(
          scan.with("where", new String(Json.bytes(condition), StandardCharsets.UTF_8)));
    }

    /** At most this many, at least 1. */
    public Wanted pageSize(int edges) {
      return new Wanted(scan.pageSize(edges));
    }

    /** Goes on behind a page, as {@link Neighbours#next} says. */
    public Wanted after(String next) {
      return new Wanted(scan.with("after", next));
    }
  }

  /**
   * A page of the edges of a vertex, and its degree.
   *
   * @param edges name of the edge type
   * @param vertex textual form of the vertex's key
   */
  public Neighbours neighbours(String edges, String vertex, Wanted wanted) {
    String path =
        PATH
            + "neighbours/"
            + Escapes.segment(edges)
            + "/"
            + Escapes.segment(vertex)
            + wanted.scan().query();
    return Neighbours.of(sender.send(path, JSON_TYPE, Optional.empty()).orThrow().json());
  }

  /** All vertices that can be reached from one along the hops, itself first, each once. */
  public Walk<List<Reached>> neighbourhood(Vertex start, List<Hop> hops, WalkTerms terms) {
    JsonNode json = post("neighbourhood", from(start, hops), terms);
    return Walk.of(Reached.listOf(json.path("vertices")), json);
  }

  /** The same vertices with all edges between them that the hops may follow. */
  public Walk<Subgraph> subgraph(Vertex start, List<Hop> hops, WalkTerms terms) {
    JsonNode json = post("subgraph", from(start, hops), terms);
    return Walk.of(
        new Subgraph(
            Reached.listOf(json.path("vertices")), Subgraph.Edge.listOf(json.path("edges"))),
        json);
  }

  /** The subgraph as a GraphML document. */
  public String graphMl(Vertex start, List<Hop> hops, WalkTerms terms) {
    ObjectNode body = from(start, hops);
    terms.addTo(body);
    Reply reply = sender.send(PATH + "subgraph", GRAPHML, Optional.of(body)).orThrow();
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  /**
   * A path of the fewest edges; empty = there is none of at most this length.
   *
   * @param most edges of the path, 1 to 20
   */
  public Walk<Optional<GraphPath>> shortestPath(
      Vertex from, Vertex to, Hop along, int most, WalkTerms terms) {
    JsonNode json = post("path", between(from, to, along).put("most", most), terms);
    return Walk.of(GraphPath.of(json), json);
  }

  /**
   * A path of the least sum of weights; empty = there is none.
   *
   * @param weight field of the edges' properties, a number of at least 0 in every edge looked at
   */
  public Walk<Optional<GraphPath>> lightestPath(
      Vertex from, Vertex to, Hop along, String weight, WalkTerms terms) {
    JsonNode json = post("path", between(from, to, along).put("weight", weight), terms);
    return Walk.of(GraphPath.of(json), json);
  }

  /**
   * The vertices that are neighbours of all of some.
   *
   * @param vertices at least two
   */
  public Walk<List<Reached>> commonNeighbours(List<Vertex> vertices, Hop along, WalkTerms terms) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("vertices");
    vertices.forEach(vertex -> list.add(vertex.json()));
    body.set("along", along.json());
    JsonNode json = post("common-neighbours", body, terms);
    return Walk.of(Reached.listOf(json.path("vertices")), json);
  }

  private static ObjectNode from(Vertex start, List<Hop> hops) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("start", start.json());
    var list = body.putArray("hops");
    hops.forEach(hop -> list.add(hop.json()));
    return body;
  }

  private static ObjectNode between(Vertex from, Vertex to, Hop along) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("from", from.json());
    body.set("to", to.json());
    body.set("along", along.json());
    return body;
  }

  private JsonNode post(String what, ObjectNode body, WalkTerms terms) {
    terms.addTo(body);
    return sender.send(PATH + what, JSON_TYPE, Optional.of(body)).orThrow().json();
  }
}
