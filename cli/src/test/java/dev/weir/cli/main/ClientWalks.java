package dev.weir.cli.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.client.GraphPath;
import dev.weir.client.Hop;
import dev.weir.client.Neighbours;
import dev.weir.client.Neighbours.Neighbour;
import dev.weir.client.Subgraph;
import dev.weir.client.Subgraph.Reached;
import dev.weir.client.Vertex;
import dev.weir.client.Walk;
import dev.weir.client.WalkTerms;
import dev.weir.client.Walks;
import dev.weir.client.WeirClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What the client for Java says of a graph of four towns: 1-2-3 is short, 1-3 and 4-3 are long. */
final class ClientWalks {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Hop> ONE = List.of(Hop.out("road"));

  private final WeirClient client;
  private final Walks walks;

  ClientWalks(String url) {
    client = WeirClient.at(URI.create(url));
    walks = client.walks();
  }

  void expect() throws Exception {
    client.put("road", "[1,3]", json("{\"km\":5}"));
    client.put("road", "[4,3]", json("{\"km\":1}"));
    client.put("town", "3", json("{\"name\":\"Bonn\",\"river\":\"Rhein\"}"));
    expectPages();
    expectNeighbourhoods();
    expectPaths();
    expectSubgraphs();
    assertThatThrownBy(() -> walks.neighbourhood(town(99), ONE, WalkTerms.usual()))
        .hasMessageContaining("There is no vertex town/99");
  }

  private void expectPages() throws Exception {
    Neighbours whole = walks.neighbours("road", "1", Walks.Wanted.out());
    assertThat(whole.items()).extracting(Neighbour::vertex).containsExactly(town(2), town(3));
    assertThat(whole.items().get(1).edge().properties()).contains(json("{\"km\":5}"));
    assertThat(whole.degree()).isEqualTo(2);
    assertThat(whole.next()).isEmpty();

    Walks.Wanted one = Walks.Wanted.out().pageSize(1);
    Neighbours first = walks.neighbours("road", "1", one);
    assertThat(first.items()).hasSize(1);
    Neighbours second = walks.neighbours("road", "1", one.after(first.next().orElseThrow()));
    assertThat(second.items()).containsExactly(whole.items().get(1));

    Neighbours near =
        walks.neighbours("road", "1", Walks.Wanted.out().where(json("{\"km\":{\"lt\":1}}")));
    assertThat(near.items()).extracting(Neighbour::vertex).containsExactly(town(2));
    assertThat(near.degree()).isEqualTo(2);
  }

  private void expectNeighbourhoods() throws Exception {
    Walk<List<Reached>> all = walks.neighbourhood(town(1), ONE, WalkTerms.usual().withDocuments());
    assertThat(all.complete()).isTrue();
    assertThat(all.effort().edges()).isPositive();
    assertThat(all.value()).extracting(Reached::vertex).containsExactly(town(1), town(2), town(3));
    assertThat(all.value()).extracting(Reached::distance).containsExactly(0, 1, 1);
    assertThat(all.value().get(2).document().orElseThrow().path("name").asText()).isEqualTo("Bonn");

    List<Hop> toBonn =
        List.of(
            Hop.out("road")
                .where(json("{\"km\":{\"gt\":0}}"))
                .reaching(json("{\"name\":\"Bonn\"}")));
    Walk<List<Reached>> some =
        walks.neighbourhood(town(1), toBonn, WalkTerms.usual().withFields("river"));
    assertThat(some.value()).extracting(Reached::vertex).containsExactly(town(1), town(3));
    assertThat(some.value().get(1).document()).contains(json("{\"river\":\"Rhein\"}"));

    Walk<List<Reached>> cut =
        walks.neighbourhood(town(1), ONE, WalkTerms.usual().keysOnly().vertices(2));
    assertThat(cut.value()).hasSize(2);
    assertThat(cut.value().get(1).exists()).isEmpty();
    assertThat(cut.cuts()).extracting(Walk.Cut::why).containsExactly(Walk.Why.VERTICES);

    Walk<List<Reached>> common =
        walks.commonNeighbours(List.of(town(1), town(4)), Hop.both("road"), WalkTerms.usual());
    assertThat(common.value()).extracting(Reached::vertex).containsExactly(town(3));
  }

  private void expectPaths() {
    Walk<Optional<GraphPath>> fewest =
        walks.shortestPath(town(1), town(3), Hop.out("road"), 6, WalkTerms.usual());
    assertThat(fewest.value().orElseThrow().vertices()).containsExactly(town(1), town(3));
    Walk<Optional<GraphPath>> lightest =
        walks.lightestPath(town(1), town(3), Hop.out("road"), "km", WalkTerms.usual());
    GraphPath path = lightest.value().orElseThrow();
    assertThat(path.vertices()).containsExactly(town(1), town(2), town(3));
    assertThat(path.edges()).hasSize(2);
    assertThat(path.length()).isEqualTo(0.75);
    assertThat(walks.shortestPath(town(3), town(1), Hop.out("road"), 6, WalkTerms.usual()).value())
        .isEmpty();
  }

  private void expectSubgraphs() {
    Walk<Subgraph> found = walks.subgraph(town(1), ONE, WalkTerms.usual());
    assertThat(found.value().vertices()).hasSize(3);
    assertThat(found.value().edges())
        .extracting(edge -> edge.key().toString())
        .containsExactlyInAnyOrder("[1,2]", "[1,3]", "[2,3]");
    assertThat(walks.graphMl(town(1), ONE, WalkTerms.usual())).contains("<graphml", "town/3");
  }

  private static Vertex town(long key) {
    return Vertex.of("town", key);
  }

  private static ObjectNode json(String text) throws Exception {
    return (ObjectNode) JSON.readTree(text);
  }
}
