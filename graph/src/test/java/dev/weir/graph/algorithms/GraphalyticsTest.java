package dev.weir.graph.algorithms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.graph.VertexValues;
import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.compact.GraphBuilder;
import dev.weir.graph.file.GraphFiles;
import dev.weir.graph.worker.Runs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example graphs of LDBC Graphalytics, with the results published beside them. */
final class GraphalyticsTest {

  /** Of the specification's epsilon match. */
  private static final double EPSILON = 0.0001;

  /** One published result. */
  record Case(
      String graph,
      boolean directed,
      String algorithm,
      Map<String, String> arguments,
      String file) {}

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (boolean directed : new boolean[] {true, false}) {
      String example = directed ? "example-directed" : "example-undirected";
      String source = directed ? "1" : "2";
      cases.add(new Case(example, directed, "bfs", Map.of("source", source), example + "-BFS"));
      cases.add(new Case(example, directed, "sssp", Map.of("source", source), example + "-SSSP"));
      cases.add(new Case(example, directed, "wcc", Map.of(), example + "-WCC"));
      cases.add(new Case(example, directed, "lcc", Map.of(), example + "-LCC"));
      cases.add(new Case(example, directed, "cdlp", Map.of("iterations", "2"), example + "-CDLP"));
      cases.add(
          new Case(
              example,
              directed,
              "pr",
              Map.of("iterations", "2", "damping", "0.85"),
              example + "-PR"));
      String kind = directed ? "dir" : "undir";
      cases.add(small("bfs", kind, Map.of("source", "1")));
      cases.add(small("wcc", kind, Map.of()));
      cases.add(small("lcc", kind, Map.of()));
      cases.add(small("cdlp", kind, Map.of("iterations", "5")));
      cases.add(small("sssp", kind, Map.of("source", "1")));
      cases.add(small("pr", kind, Map.of("iterations", directed ? "14" : "26")));
    }
    return cases.stream();
  }

  private static Case small(String algorithm, String kind, Map<String, String> arguments) {
    String name = algorithm + "-" + kind;
    return new Case(name + "-input", kind.equals("dir"), algorithm, arguments, name + "-output");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesThePublishedResult(Case published) throws IOException {
    Map<Long, String> expected = published(published.file());
    for (int shards : new int[] {1, 2, 3, 8}) {
      CompactGraph graph = graph(published, shards);
      VertexValues values = Runs.values(graph, published.algorithm(), published.arguments());
      if (values.areDoubles()) {
        compare(Runs.doubles(values), expected);
      } else if (published.algorithm().equals("wcc")) {
        assertThat(partition(Runs.longs(values))).isEqualTo(partition(longs(expected)));
      } else {
        assertThat(Runs.longs(values)).isEqualTo(longs(expected));
      }
    }
  }

  private static void compare(Map<Long, Double> actual, Map<Long, String> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach(
        (id, value) -> {
          double reference = Double.parseDouble(expected.get(id));
          if (Double.isInfinite(reference)) {
            assertThat(value).as("vertex %d", id).isEqualTo(reference);
          } else {
            double margin = EPSILON * Math.abs(reference);
            assertThat(value).as("vertex %d", id).isCloseTo(reference, within(margin));
          }
        });
  }

  private static Map<Long, Long> longs(Map<Long, String> texts) {
    Map<Long, Long> numbers = new TreeMap<>();
    texts.forEach((id, text) -> numbers.put(id, Long.parseLong(text)));
    return numbers;
  }

  /** The same components whatever they are called: each vertex with the least one of its own. */
  private static Map<Long, Long> partition(Map<Long, Long> labels) {
    Map<Long, Long> least = new HashMap<>();
    labels.forEach((id, label) -> least.merge(label, id, Math::min));
    Map<Long, Long> byId = new TreeMap<>();
    labels.forEach((id, label) -> byId.put(id, least.get(label)));
    return byId;
  }

  private static Map<Long, String> published(String file) {
    Map<Long, String> values = new TreeMap<>();
    lines(file)
        .forEach(
            line -> {
              String[] parts = line.split(" ");
              values.put(Long.parseLong(parts[0]), parts[1]);
            });
    return values;
  }

  private static CompactGraph graph(Case published, int shards) throws IOException {
    if (GraphalyticsTest.class.getResource("/graphalytics/" + published.graph()) != null) {
      return neighbourLists(published, shards);
    }
    boolean weighted = published.algorithm().equals("sssp");
    GraphFiles.Reading reading =
        new GraphFiles.Reading(
            GraphFiles.Format.EVLP,
            shards,
            published.directed(),
            true,
            weighted ? GraphFiles.Weights.NON_NEGATIVE : GraphFiles.Weights.IGNORED);
    GraphFiles.Result result =
        GraphFiles.read(path(published.graph() + ".v"), path(published.graph() + ".e"), reading);
    assertThat(result).isInstanceOf(GraphFiles.Read.class);
    return ((GraphFiles.Read) result).graph();
  }

  private static CompactGraph neighbourLists(Case published, int shards) {
    GraphBuilder builder = new GraphBuilder(shards, published.directed(), false);
    List<long[]> rows = new ArrayList<>();
    lines(published.graph())
        .forEach(
            line ->
                rows.add(Stream.of(line.strip().split(" +")).mapToLong(Long::parseLong).toArray()));
    rows.stream().flatMap(row -> Arrays.stream(row).boxed()).forEach(builder::vertex);
    for (long[] row : rows) {
      for (int i = 1; i < row.length; i++) {
        // Undirected edges are listed at both ends.
        if (published.directed() || row[0] <= row[i]) {
          assertThat(builder.edge(row[0], row[i], 1)).isEqualTo(GraphBuilder.Added.YES);
        }
      }
    }
    return builder.build(true);
  }

  private static Path path(String file) {
    try {
      return Path.of(GraphalyticsTest.class.getResource("/graphalytics/" + file).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<String> lines(String file) {
    try (InputStream in = GraphalyticsTest.class.getResourceAsStream("/graphalytics/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
