package dev.weir.query.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.Direction;
import dev.weir.graph.traverse.Arc;
import dev.weir.graph.traverse.Budget;
import dev.weir.graph.traverse.Cut;
import dev.weir.graph.traverse.Details;
import dev.weir.graph.traverse.Hop;
import dev.weir.graph.traverse.Neighbourhood;
import dev.weir.graph.traverse.Neighbourhood.Reached;
import dev.weir.graph.traverse.Step;
import dev.weir.graph.traverse.Traversed;
import dev.weir.graph.traverse.VertexId;
import dev.weir.store.Filter;
import dev.weir.store.FilterReader;
import dev.weir.store.GraphQuery.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NeighbourhoodTest {
  private static final Budget AMPLE = new Budget(1_000_000, 1_000_000, 1_000, Duration.ofHours(1));
  private static final Filter LIGHT = filter("{\"w\":{\"lt\":5}}");
  private static final Filter YOUNG = filter("{\"age\":{\"lt\":30}}");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithTheModelOnRandomGraphs(int seed) {
    Random random = new Random(seed);
    SampleGraph graph = SampleGraph.random(1 + seed % 5, 120, 60 * seed, random);
    for (int i = 0; i < 12; i++) {
      List<Hop> hops = hops(graph, random);
      VertexId start = graph.person(random.nextInt(2));
      Details details =
          new Details(
              List.of(Wanted.values()).get(random.nextInt(3)), List.of(), random.nextBoolean());
      Map<VertexId, Integer> expected = distances(graph, start, hops);

      Neighbourhood found = walked(graph.traversals().neighbourhood(start, hops, AMPLE, details));
      assertThat(byVertex(found))
          .as("seed %d, walk %d", seed, i)
          .isEqualTo(new TreeMap<>(expected));
      assertThat(found.reached()).isSortedAccordingTo((a, b) -> a.distance() - b.distance());
      assertThat(found.arcs()).isEmpty();
      if (details.documents() != Wanted.NOTHING) {
        for (Reached reached : found.reached()) {
          assertThat(reached.document().isPresent())
              .isEqualTo(graph.existing.contains(reached.vertex()));
        }
      }

      Neighbourhood subgraph = walked(graph.traversals().subgraph(start, hops, AMPLE, details));
      assertThat(byVertex(subgraph)).isEqualTo(new TreeMap<>(expected));
      assertThat(subgraph.arcs().stream().map(NeighbourhoodTest::ends).collect(Collectors.toSet()))
          .as("seed %d, walk %d", seed, i)
          .isEqualTo(between(graph, hops, expected));
      assertThat(subgraph.arcs().stream().map(arc -> arc.link().edge())).doesNotHaveDuplicates();
    }
  }

  /** janusgraph #2282. */
  @Test
  void everyBudgetCutsAndSaysWhere() {
    SampleGraph graph = new SampleGraph(3);
    for (int n = 0; n <= 50; n++) {
      graph.put(graph.person(n), "{}");
    }
    for (int n = 1; n <= 50; n++) {
      graph.know(graph.person(0), graph.person(n), n, 1);
      graph.know(graph.person(n), graph.person((n + 1) % 50), n, 1);
    }
    List<Hop> two = List.of(out(graph, null), out(graph, null));

    var fan = cut(graph, two, new Budget(1000, 1000, 10, Duration.ofHours(1)));
    assertThat(fan.value().reached()).hasSize(12);
    assertThat(fan.cuts())
        .containsExactly(new Cut(Cut.Why.FAN_OUT, 0, 1, List.of(graph.person(0))));

    var few = cut(graph, two, new Budget(20, 1000, 100, Duration.ofHours(1)));
    assertThat(few.value().reached()).hasSize(20);
    assertThat(few.cuts()).extracting(Cut::why).containsExactly(Cut.Why.VERTICES);

    var edges = cut(graph, two, new Budget(1000, 30, 100, Duration.ofHours(1)));
    assertThat(edges.value().reached()).hasSize(31);
    assertThat(edges.cuts()).extracting(Cut::why).containsExactly(Cut.Why.EDGES);
    assertThat(edges.effort().edges()).isEqualTo(30);

    var time = cut(graph, two, new Budget(1000, 1000, 100, Duration.ofNanos(1)));
    assertThat(time.value().reached()).hasSize(51);
    assertThat(time.cuts()).extracting(Cut::why).containsExactly(Cut.Why.TIME);

    assertThat(cut(graph, two, AMPLE).cuts()).isEmpty();
    assertThat(cut(graph, two, AMPLE).effort().rounds()).isEqualTo(2);
  }

  @Test
  void whatMakesNoSenseIsRefusedWithAdvice() {
    SampleGraph graph = SampleGraph.random(2, 20, 40, new Random(1));
    Hop hop = out(graph, null);
    assertThat(faults(graph, List.of(), Budget.USUAL)).contains("hops: 0 hops: walk 1 to 20");
    assertThat(faults(graph, Collections.nCopies(100, hop), Budget.USUAL))
        .contains("hops: 100 hops: walk 1 to 20");
    assertThat(faults(graph, List.of(hop), new Budget(0, -1, 0, Duration.ZERO)))
        .contains("vertices: 0 is no budget", "edges: -1 is", "fanOut: 0 is", "time: no time");
    assertThat(faults(graph, List.of(new Hop(List.of(), null)), Budget.USUAL))
        .contains("hops[0].edges: no edge type");
    Step wrong = new Step(graph.person.id(), Direction.OUT, null);
    assertThat(faults(graph, List.of(new Hop(List.of(wrong), null)), Budget.USUAL))
        .contains("no edge type has the id");
    Step back = new Step(graph.likes.id(), Direction.IN, null);
    assertThat(faults(graph, List.of(new Hop(List.of(back), null)), Budget.USUAL))
        .contains("none of the edges leads away from documents of person");

    VertexId nowhere = graph.person(1_000);
    assertThat(graph.traversals().neighbourhood(nowhere, List.of(hop), Budget.USUAL, Details.KEYS))
        .isEqualTo(new Traversed.NoVertex<>(nowhere));
  }

  private static String faults(SampleGraph graph, List<Hop> hops, Budget budget) {
    Traversed<Neighbourhood> result =
        graph.traversals().neighbourhood(graph.person(0), hops, budget, Details.KEYS);
    return ((Traversed.Senseless<Neighbourhood>) result).faults().toString();
  }

  private static Traversed.Walked<Neighbourhood> cut(
      SampleGraph graph, List<Hop> hops, Budget budget) {
    return (Traversed.Walked<Neighbourhood>)
        graph.traversals().neighbourhood(graph.person(0), hops, budget, Details.KEYS);
  }

  private static Hop out(SampleGraph graph, Filter vertices) {
    return new Hop(List.of(new Step(graph.knows.id(), Direction.OUT, null)), vertices);
  }

  private static List<Hop> hops(SampleGraph graph, Random random) {
    List<Hop> hops = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      Filter light = random.nextInt(3) == 0 ? LIGHT : null;
      List<Step> steps = new ArrayList<>();
      Direction direction = List.of(Direction.values()).get(random.nextInt(3));
      steps.add(new Step(graph.knows.id(), direction, light));
      if (random.nextBoolean()) {
        steps.add(new Step(graph.likes.id(), Direction.BOTH, light));
      }
      hops.add(new Hop(steps, random.nextInt(3) == 0 ? YOUNG : null));
    }
    return hops;
  }

  /** Level by level, with nothing but the lists of the model. */
  private static Map<VertexId, Integer> distances(
      SampleGraph graph, VertexId start, List<Hop> hops) {
    Map<VertexId, Integer> distances = new LinkedHashMap<>(Map.of(start, 0));
    for (int i = 0; i < hops.size(); i++) {
      int distance = i;
      Hop hop = hops.get(i);
      Set<VertexId> level = new TreeSet<>();
      distances.forEach(
          (v, d) -> {
            if (d == distance) {
              for (Step step : hop.steps()) {
                graph.follow(v, step, step.filter() != null).forEach(f -> level.add(f.other()));
              }
            }
          });
      for (VertexId vertex : level) {
        boolean fits =
            hop.vertices() == null || (graph.existing.contains(vertex) && graph.age(vertex) < 30);
        if (fits) {
          distances.putIfAbsent(vertex, distance + 1);
        }
      }
    }
    return distances;
  }

  /** The edges between vertices that the hop of one of their ends may follow. */
  private static Set<String> between(
      SampleGraph graph, List<Hop> hops, Map<VertexId, Integer> distances) {
    Set<String> edges = new HashSet<>();
    distances.forEach(
        (vertex, distance) -> {
          for (Step step : hops.get(Math.min(distance, hops.size() - 1)).steps()) {
            graph.follow(vertex, step, step.filter() != null).stream()
                .filter(f -> distances.containsKey(f.other()))
                .forEach(f -> edges.add(ends(f.line())));
          }
        });
    return edges;
  }

  private static String ends(SampleGraph.Line line) {
    return line.edges() + " " + line.from() + " " + line.to();
  }

  private static String ends(Arc arc) {
    return arc.edges() + " " + arc.from() + " " + arc.to();
  }

  private static Map<VertexId, Integer> byVertex(Neighbourhood found) {
    Map<VertexId, Integer> distances = new TreeMap<>();
    for (Reached reached : found.reached()) {
      assertThat(distances.put(reached.vertex(), reached.distance())).isNull();
    }
    return distances;
  }

  private static <T> T walked(Traversed<T> result) {
    Traversed.Walked<T> walked = (Traversed.Walked<T>) result;
    assertThat(walked.cuts()).isEmpty();
    return walked.value();
  }

  private static Filter filter(String json) {
    return FilterReader.read(json).value().orElseThrow();
  }
}
