package dev.weir.query.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.Direction;
import dev.weir.graph.traverse.Arc;
import dev.weir.graph.traverse.Budget;
import dev.weir.graph.traverse.Cut;
import dev.weir.graph.traverse.Details;
import dev.weir.graph.traverse.Hop;
import dev.weir.graph.traverse.Neighbourhood.Reached;
import dev.weir.graph.traverse.Path;
import dev.weir.graph.traverse.Step;
import dev.weir.graph.traverse.Traversed;
import dev.weir.graph.traverse.VertexId;
import dev.weir.query.graph.SampleGraph.Followed;
import dev.weir.store.Filter;
import dev.weir.store.GraphQuery.Wanted;
import dev.weir.store.filter.FilterReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathTest {
  private static final Budget AMPLE = new Budget(1_000_000, 1_000_000, 1_000, Duration.ofHours(1));
  private static final Details VALUES = new Details(Wanted.NOTHING, List.of(), true);
  private static final Filter YOUNG =
      FilterReader.read("{\"age\":{\"lt\":40}}").value().orElseThrow();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void theShortestAndTheLightestAgreeWithTheModel(int seed) {
    Random random = new Random(seed);
    SampleGraph graph = SampleGraph.random(1 + seed % 4, 90, 90 + 20 * seed, random);
    List<VertexId> ends = new ArrayList<>(graph.existing);
    for (int i = 0; i < 40; i++) {
      VertexId from = graph.person(random.nextInt(2));
      VertexId to = ends.get(random.nextInt(ends.size()));
      Direction direction = List.of(Direction.values()).get(random.nextInt(3));
      Hop hop =
          new Hop(
              List.of(
                  new Step(graph.knows.id(), direction, null),
                  new Step(graph.likes.id(), Direction.BOTH, null)),
              random.nextBoolean() ? YOUNG : null);
      int most = 1 + random.nextInt(8);
      String about = "seed " + seed + ", search " + i;

      Double hops = least(graph, from, to, hop, false).get(to);
      Optional<Path> shortest =
          walked(graph.traversals().shortestPath(from, to, hop, most, AMPLE, VALUES));
      assertThat(shortest.map(Path::length))
          .as(about)
          .isEqualTo(Optional.ofNullable(hops).filter(h -> h <= most));
      shortest.ifPresent(path -> isWay(path, from, to, graph, hop));

      Double weight = least(graph, from, to, hop, true).get(to);
      Optional<Path> lightest =
          walked(graph.traversals().lightestPath(from, to, hop, "w", AMPLE, VALUES));
      assertThat(lightest.map(Path::length)).as(about).isEqualTo(Optional.ofNullable(weight));
      lightest.ifPresent(
          path -> {
            isWay(path, from, to, graph, hop);
            assertThat(path.arcs().stream().mapToDouble(PathTest::weight).sum())
                .isEqualTo(path.length());
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void commonNeighboursAgreeWithTheModel(int seed) {
    Random random = new Random(seed);
    SampleGraph graph = SampleGraph.random(seed, 40, 500, random);
    List<VertexId> persons = graph.existing.stream().filter(v -> v.collection() == 1).toList();
    for (int i = 0; i < 40; i++) {
      Step step = new Step(graph.knows.id(), List.of(Direction.values()).get(i % 3), null);
      VertexId one = persons.get(random.nextInt(persons.size()));
      VertexId other = persons.get(random.nextInt(persons.size()));
      if (one.equals(other)) {
        continue;
      }
      TreeSet<VertexId> common = new TreeSet<>();
      graph.follow(one, step, false).forEach(f -> common.add(f.other()));
      common.retainAll(graph.follow(other, step, false).stream().map(Followed::other).toList());
      if (i % 2 == 0) {
        common.removeIf(v -> !graph.existing.contains(v) || graph.age(v) >= 40);
      }
      List<Reached> found =
          walked(
              graph
                  .traversals()
                  .commonNeighbours(
                      List.of(one, other),
                      new Hop(List.of(step), i % 2 == 0 ? YOUNG : null),
                      AMPLE,
                      Details.KEYS));
      assertThat(found.stream().map(Reached::vertex)).containsExactlyElementsOf(common);
    }
  }

  @Test
  void badWeightsAndBadQuestionsAreToldApart() {
    SampleGraph graph = new SampleGraph(2);
    for (int n = 0; n < 9; n++) {
      graph.put(graph.person(n), "{}");
    }
    Hop hop = new Hop(List.of(new Step(graph.knows.id(), Direction.OUT, null)), null);
    String[] bad = {"{}", "{\"w\":-1}", "{\"w\":\"NaN\"}", "{\"w\":1e999}", "{\"w\":null}"};
    for (int n = 0; n < bad.length; n++) {
      graph.edge(graph.knows, graph.person(n), graph.person(8), 0, bad[n]);
      var result =
          graph
              .traversals()
              .lightestPath(graph.person(n), graph.person(8), hop, "w", AMPLE, VALUES);
      assertThat(result).as(bad[n]).isInstanceOf(Traversed.NoWeight.class);
    }
    var nobody = graph.person(99);
    assertThat(graph.traversals().shortestPath(graph.person(0), nobody, hop, 3, AMPLE, VALUES))
        .isEqualTo(new Traversed.NoVertex<>(nobody));
    assertThat(graph.traversals().shortestPath(nobody, nobody, hop, 3, AMPLE, VALUES))
        .isEqualTo(new Traversed.NoVertex<>(nobody));
    assertThat(
            graph
                .traversals()
                .shortestPath(graph.person(0), graph.person(1), hop, 100, AMPLE, VALUES))
        .isInstanceOf(Traversed.Senseless.class);
    assertThat(graph.traversals().commonNeighbours(List.of(nobody), hop, AMPLE, Details.KEYS))
        .isInstanceOf(Traversed.Senseless.class);
    Path itself =
        walked(
                graph
                    .traversals()
                    .shortestPath(graph.person(7), graph.person(7), hop, 3, AMPLE, VALUES))
            .orElseThrow();
    assertThat(itself.vertices()).containsExactly(graph.person(7));
    assertThat(itself.length()).isZero();
  }

  @Test
  void aSearchThatRanOutOfBudgetSaysSo() {
    SampleGraph graph = new SampleGraph(2);
    for (int n = 0; n < 20; n++) {
      graph.put(graph.person(n), "{}");
      graph.know(graph.person(n), graph.person(n + 1), 0, 1);
    }
    Hop hop = new Hop(List.of(new Step(graph.knows.id(), Direction.OUT, null)), null);
    Budget small = new Budget(100, 3, 10, Duration.ofHours(1));
    var result =
        (Traversed.Walked<Optional<Path>>)
            graph
                .traversals()
                .shortestPath(graph.person(0), graph.person(10), hop, 20, small, VALUES);
    assertThat(result.value()).isEmpty();
    assertThat(result.cuts()).extracting(Cut::why).containsExactly(Cut.Why.EDGES);
    var weighted =
        (Traversed.Walked<Optional<Path>>)
            graph
                .traversals()
                .lightestPath(graph.person(0), graph.person(10), hop, "w", small, VALUES);
    assertThat(weighted.cuts()).extracting(Cut::why).contains(Cut.Why.EDGES);
  }

  private static void isWay(Path path, VertexId from, VertexId to, SampleGraph graph, Hop hop) {
    List<VertexId> vertices = path.vertices();
    assertThat(vertices.get(0)).isEqualTo(from);
    assertThat(vertices.get(vertices.size() - 1)).isEqualTo(to);
    assertThat(path.arcs()).hasSize(vertices.size() - 1);
    for (int i = 0; i < path.arcs().size(); i++) {
      Arc arc = path.arcs().get(i);
      VertexId next = vertices.get(i + 1);
      assertThat(
              hop.steps().stream()
                  .flatMap(
                      step ->
                          graph
                              .follow(vertices.get(path.arcs().indexOf(arc)), step, false)
                              .stream()))
          .anyMatch(
              f ->
                  f.other().equals(next)
                      && f.line().edges() == arc.edges()
                      && f.line().from().equals(arc.from())
                      && f.line().to().equals(arc.to()));
    }
  }

  /** By relaxing all edges until nothing changes. */
  private static Map<VertexId, Double> least(
      SampleGraph graph, VertexId from, VertexId to, Hop hop, boolean weighted) {
    Map<VertexId, Double> least = new HashMap<>(Map.of(from, 0.0));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (VertexId vertex : List.copyOf(least.keySet())) {
        boolean inner = !vertex.equals(from) && !vertex.equals(to);
        boolean fits = hop.vertices() == null || (graph.age(vertex) >= 0 && graph.age(vertex) < 40);
        if (inner && !fits) {
          continue;
        }
        for (Step step : hop.steps()) {
          for (Followed followed : graph.follow(vertex, step, false)) {
            double there = least.get(vertex) + (weighted ? followed.line().weight() : 1);
            if (there < least.getOrDefault(followed.other(), Double.POSITIVE_INFINITY)) {
              least.put(followed.other(), there);
              changed = true;
            }
          }
        }
      }
    }
    return least;
  }

  private static double weight(Arc arc) {
    String json = new String(arc.link().value(), StandardCharsets.UTF_8);
    return Double.parseDouble(json.substring(json.indexOf(':') + 1, json.length() - 1));
  }

  private static <T> T walked(Traversed<T> result) {
    Traversed.Walked<T> walked = (Traversed.Walked<T>) result;
    assertThat(walked.cuts()).isEmpty();
    return walked.value();
  }
}
