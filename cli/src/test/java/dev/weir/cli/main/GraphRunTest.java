package dev.weir.cli.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphRunTest {

  @TempDir private Path directory;
  private Path vertices;
  private Path edges;
  private Path output;

  @BeforeEach
  void write() throws IOException {
    vertices = Files.writeString(directory.resolve("g.v"), "1\n2\n3\n4\n");
    edges = Files.writeString(directory.resolve("g.e"), "1 2 0.5\n2 3 0.25\n");
    output = directory.resolve("out");
  }

  private Shell.Outcome run(String... more) {
    List<String> arguments = new ArrayList<>(List.of("graph", "run"));
    arguments.addAll(List.of("--vertices", vertices.toString(), "--edges", edges.toString()));
    arguments.addAll(List.of("--output", output.toString()));
    arguments.addAll(List.of(more));
    return Shell.run(arguments.toArray(String[]::new));
  }

  @Test
  void writesEveryValueShowsTheTopAndTellsOfItsProgress() {
    Shell.Outcome outcome = run("bfs", "--format", "evlp", "--shards", "3", "--param", "source=1");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(output).hasContent("1 0\n2 1\n3 2\n4 9223372036854775807\n");
    assertThat(outcome.out().lines())
        .containsExactly(
            "vertex  value", "     3      2", "     2      1", "     1      0", "reached: 3 of 4");
    assertThat(outcome.err())
        .contains("4 vertices, 2 edges in 3 shards")
        .contains("superstep 0: 4 vertices computed")
        .contains("bfs: 3 supersteps");
  }

  @Test
  void readsWeightsWhereTheyAreNeeded() {
    assertThat(run("sssp", "--param", "source=1").code()).isZero();
    assertThat(output).hasContent("1 0.0\n2 0.5\n3 0.75\n4 Infinity\n");
    assertThat(run("sssp", "--param", "source=3", "--undirected").code()).isZero();
    assertThat(output).hasContent("1 0.75\n2 0.25\n3 0.0\n4 Infinity\n");
  }

  @Test
  void severalEnginesComeToTheSameThroughABroker() {
    Shell.Outcome outcome = run("sssp", "--shards", "4", "--nodes", "3", "--param", "source=1");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(output).hasContent("1 0.0\n2 0.5\n3 0.75\n4 Infinity\n");
    assertThat(run("wcc", "--shards", "2", "--nodes", "3").err())
        .contains("--nodes is from 1 to the number of shards, which is 2");
  }

  @Test
  void showsGroupsBySize() {
    assertThat(run("wcc", "--top", "1").out().lines())
        .containsExactly("group  vertices", "    1         3", "groups: 2");
  }

  @Test
  void readsCommaSeparatedValues() throws IOException {
    vertices = Files.writeString(directory.resolve("v.csv"), "name,id\na,1\nb,2\n");
    edges = Files.writeString(directory.resolve("e.csv"), "from,to\n1,2\n");
    assertThat(run("out-degree", "--format", "csv").code()).isZero();
    assertThat(output).hasContent("1 1\n2 0\n");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Shell.Outcome unknown = run("pagerunk");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("no algorithm 'pagerunk'; there are bfs, pr, wcc");
    Shell.Outcome parameter = run("pr", "--param", "damping=1.5", "--param", "x=1");
    assertThat(parameter.code()).isEqualTo(2);
    assertThat(parameter.err())
        .contains("damping: a number from 0 to 1, not 1.5", "pr has no parameter 'x'");
    assertThat(run("bfs").err()).contains("bfs must be told source");
    assertThat(run("pr", "--shards", "0").code()).isEqualTo(2);

    Shell.Outcome source = run("bfs", "--param", "source=9");
    assertThat(source.code()).isEqualTo(1);
    assertThat(source.err()).contains("source: the graph has no vertex 9");
    Files.writeString(edges, "1 2 -0.5\n1 7 1\n");
    Shell.Outcome faulty = run("sssp", "--param", "source=1");
    assertThat(faulty.code()).isEqualTo(1);
    assertThat(faulty.err())
        .contains("g.e line 1: a weight must not be below 0", "g.e line 2: there is no vertex 7");
    Files.delete(edges);
    assertThat(run("wcc").err()).contains("there is no such file");
    assertThat(output).doesNotExist();
  }

  @Test
  void helpNamesTheAlgorithmsAndSaysWhenKafkaIsUsed() {
    assertThat(Shell.run("graph", "run", "--help").out())
        .contains("sssp", "k-core", "in this one process", "--nodes");
    assertThat(Shell.run("graph").code()).isEqualTo(2);
  }
}
