package dev.weir.graph.algorithms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.graph.algorithms.PlainGraph.Edge;
import dev.weir.graph.worker.Runs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every algorithm against its definition, on random and on extreme graphs, for 1 to 8 shards. */
final class DefinitionsTest {

  private static final int RANDOM_GRAPHS = 40;
  private static final int[] SHARDS = {1, 2, 3, 5, 8};

  static Stream<PlainGraph> graphs() {
    List<PlainGraph> graphs = new ArrayList<>();
    for (boolean directed : new boolean[] {true, false}) {
      for (int i = 0; i < RANDOM_GRAPHS; i++) {
        graphs.add(PlainGraph.random(20_261_121L + i, directed));
      }
      graphs.add(PlainGraph.star(300, directed));
      graphs.add(PlainGraph.chain(150, directed));
      graphs.add(PlainGraph.clique(25, directed));
    }
    return graphs.stream();
  }

  /** The same input gives the same components: gelly-streaming #41. */
  @ParameterizedTest
  @MethodSource("graphs")
  void whatIsExactIsExactForAnyNumberOfShards(PlainGraph graph) {
    long source = graph.vertices().first();
    Map<String, String> from = Map.of("source", Long.toString(source));
    expectLongs(graph, "bfs", from, Definitions.distances(graph, source));
    expectLongs(graph, "wcc", Map.of(), Definitions.components(graph));
    for (int rounds : new int[] {1, 2, 7}) {
      Map<String, String> iterations = Map.of("iterations", Integer.toString(rounds));
      expectLongs(graph, "cdlp", iterations, Definitions.communities(graph, rounds));
    }
    expectLongs(graph, "triangles", Map.of(), Definitions.triangles(graph));
    expectLongs(graph, "k-core", Map.of(), Definitions.cores(graph));
    expectLongs(graph, "degree", Map.of(), Definitions.degrees(graph, true, true));
    expectLongs(graph, "out-degree", Map.of(), Definitions.degrees(graph, true, false));
    expectLongs(graph, "in-degree", Map.of(), Definitions.degrees(graph, false, true));
    expectDoubles(graph, "sssp", from, Definitions.shortestPaths(graph, source), 0);
    expectDoubles(graph, "lcc", Map.of(), Definitions.clustering(graph), 0);
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void ranksDifferInRoundingOnly(PlainGraph graph) {
    TreeSet<Long> all = graph.vertices();
    TreeSet<Long> two = new TreeSet<>(List.of(all.first(), all.last()));
    expectDoubles(
        graph,
        "pr",
        Map.of("iterations", "13", "damping", "0.7"),
        Definitions.ranks(graph, all, 0.7, 13),
        1e-12);
    expectDoubles(graph, "pr-converged", Map.of(), Definitions.ranks(graph, all, 0.85, 400), 1e-8);
    expectDoubles(
        graph,
        "pr-personalised",
        Map.of("sources", all.first() + "," + all.last()),
        Definitions.ranks(graph, two, 0.85, 400),
        1e-8);
    Map<String, String> rounds = Map.of("iterations", "6", "tolerance", "1e-15");
    expectDoubles(graph, "hits-authorities", rounds, Definitions.authorities(graph, 6), 1e-9);
    expectDoubles(graph, "hits-hubs", rounds, Definitions.hubs(graph, 6), 1e-9);
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void theSameShardsGiveTheSameBitsInWhateverOrderEdgesCome(PlainGraph graph) {
    List<Edge> shuffled = new ArrayList<>(graph.edges());
    Collections.shuffle(shuffled, new Random(7));
    for (String algorithm : List.of("pr", "hits-authorities", "hits-hubs")) {
      Map<Long, Double> once =
          Runs.doubles(Runs.values(graph.compact(4), algorithm, Map.of("iterations", "9")));
      Map<Long, Double> again =
          Runs.doubles(
              Runs.values(graph.compact(4, shuffled), algorithm, Map.of("iterations", "9")));
      // Double.equals compares bits.
      assertThat(again).isEqualTo(once);
    }
  }

  private static void expectLongs(
      PlainGraph graph, String algorithm, Map<String, String> arguments, Map<Long, Long> expected) {
    for (int shards : SHARDS) {
      assertThat(Runs.longs(Runs.values(graph.compact(shards), algorithm, arguments)))
          .as("%s with %d shards on %s", algorithm, shards, graph)
          .isEqualTo(expected);
    }
  }

  private static void expectDoubles(
      PlainGraph graph,
      String algorithm,
      Map<String, String> arguments,
      Map<Long, Double> expected,
      double margin) {
    for (int shards : SHARDS) {
      Map<Long, Double> actual =
          Runs.doubles(Runs.values(graph.compact(shards), algorithm, arguments));
      String what = algorithm + " with " + shards + " shards on " + graph;
      if (margin == 0) {
        assertThat(actual).as(what).isEqualTo(expected);
      } else {
        assertThat(actual.keySet()).as(what).isEqualTo(expected.keySet());
        actual.forEach(
            (id, value) ->
                assertThat(value)
                    .as("%s, vertex %d", what, id)
                    .isCloseTo(expected.get(id), within(margin)));
      }
    }
  }
}
