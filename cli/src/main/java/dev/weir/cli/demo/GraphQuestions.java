package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.client.GraphPath;
import dev.weir.client.Hop;
import dev.weir.client.Subgraph.Reached;
import dev.weir.client.Vertex;
import dev.weir.client.Walk;
import dev.weir.client.WalkTerms;
import dev.weir.client.Walks;
import dev.weir.client.WeirClientException;
import dev.weir.examples.social.ShortReadAnswers;
import dev.weir.examples.social.ShortReadQueries;
import dev.weir.examples.social.check.ShortReads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Follows edges with LDBC SNB's short reads, and compares with what the input files say. */
final class GraphQuestions {

  /**
   * Edges reach the shard of their other end a little later than the documents they follow from.
   */
  private static final Duration ARRIVAL = Duration.ofSeconds(60);

  private static final int SAMPLES = 40;
  private static final Hop KNOWS = Hop.both("knows");
  private static final int MOST_HOPS = 20;
  private static final int SOME = 5;

  private final ShortReads expected = ShortReads.ofSnapshot();
  private final CheckTable table;

  GraphQuestions(CheckTable table) {
    this.table = table;
    ShortReads.updates().forEach(expected::update);
  }

  /** Waits until all edges are at both ends; what is missing after a while is told when asked. */
  void await(List<DemoCluster.Node> nodes) {
    long end = System.nanoTime() + ARRIVAL.toNanos();
    Waiting.until(
        "the edges",
        ARRIVAL.multipliedBy(2),
        () -> System.nanoTime() - end > 0 || nodes.stream().allMatch(this::hasAll));
  }

  private boolean hasAll(DemoCluster.Node node) {
    return sampled(expected.messages()).stream().allMatch(id -> holds(node, "is7", id))
        && sampled(expected.persons()).stream().allMatch(id -> holds(node, "is2", id));
  }

  /** Asks each of the queries at each of the nodes. */
  void ask(List<DemoCluster.Node> nodes, String when) {
    CheckTable.Check reads = table.check("short reads along edges" + when);
    CheckTable.Check paths = table.check("shortest paths between persons" + when);
    for (DemoCluster.Node node : nodes) {
      for (long person : sampled(expected.persons())) {
        ShortReadQueries.OF_PERSONS.forEach(query -> compare(node, query, person, reads));
        for (long other : List.of(person, expected.persons().get(0))) {
          path(node, person, other, paths);
          walk(node, person, other, paths);
        }
      }
      for (long message : sampled(expected.messages())) {
        ShortReadQueries.OF_MESSAGES.forEach(query -> compare(node, query, message, reads));
      }
    }
    reads.end();
    paths.end();
  }

  private boolean holds(DemoCluster.Node node, String query, long id) {
    try {
      return rows(node, query, id).equals(expected.rows(query, id));
    } catch (WeirClientException e) {
      return false;
    }
  }

  private void compare(DemoCluster.Node node, String query, long id, CheckTable.Check check) {
    String what = query + " of " + id + " at " + node.url() + ": ";
    try {
      List<String> rows = rows(node, query, id);
      check.answer(rows.equals(expected.rows(query, id)), what + rows);
    } catch (WeirClientException e) {
      check.answer(false, what + e.getMessage());
    }
  }

  private void path(DemoCluster.Node node, long one, long other, CheckTable.Check check) {
    String what = "from " + one + " to " + other + " at " + node.url() + ": ";
    try {
      ObjectNode variables = variables().put("one", one).put("other", other);
      List<String> rows = rows(node, ShortReadQueries.OF_TWO_PERSONS, variables);
      String distance = Integer.toString(expected.distance(one, other));
      check.answer(rows.equals(List.of(distance)), what + rows);
    } catch (WeirClientException e) {
      check.answer(false, what + e.getMessage());
    }
  }

  /** The same with the client's walks, and how far away those are whom it meets within two hops. */
  private void walk(DemoCluster.Node node, long one, long other, CheckTable.Check check) {
    String what = "walk from " + one + " to " + other + " at " + node.url() + ": ";
    try {
      Walks walks = node.client().walks();
      Walk<Optional<GraphPath>> path =
          walks.shortestPath(person(one), person(other), KNOWS, MOST_HOPS, WalkTerms.usual());
      int length = path.value().map(found -> found.edges().size()).orElse(-1);
      check.answer(length == expected.distance(one, other), what + length);
      Walk<List<Reached>> near =
          walks.neighbourhood(person(one), List.of(KNOWS, KNOWS), WalkTerms.usual().keysOnly());
      for (Reached reached : near.value().subList(0, Math.min(SOME, near.value().size()))) {
        long key = reached.vertex().key().longValue();
        check.answer(
            reached.distance() == expected.distance(one, key),
            what + key + " after " + reached.distance() + " hops");
      }
    } catch (WeirClientException e) {
      check.answer(false, what + e.getMessage());
    }
  }

  private static Vertex person(long key) {
    return Vertex.of("person", key);
  }

  private static List<String> rows(DemoCluster.Node node, String query, long id) {
    String variable = ShortReadQueries.OF_PERSONS.contains(query) ? "person" : "message";
    return rows(node, query, variables().put(variable, id));
  }

  private static List<String> rows(DemoCluster.Node node, String query, ObjectNode variables) {
    JsonNode answer = node.client().graphql(ShortReadQueries.text(query), variables);
    return answer.has("errors")
        ? List.of(answer.path("errors").toString())
        : ShortReadAnswers.rows(query, answer.path("data"));
  }

  private static ObjectNode variables() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static List<Long> sampled(List<Long> ids) {
    int step = Math.max(1, ids.size() / SAMPLES);
    return IntStream.range(0, ids.size() / step).mapToObj(i -> ids.get(i * step)).toList();
  }
}
