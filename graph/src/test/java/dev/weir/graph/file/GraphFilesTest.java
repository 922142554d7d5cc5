package dev.weir.graph.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.compact.ShardGraph;
import dev.weir.graph.file.GraphFiles.Format;
import dev.weir.graph.file.GraphFiles.Weights;
import dev.weir.graph.worker.Runs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GraphFilesTest {

  @TempDir private Path directory;

  private GraphFiles.Result read(Format format, Weights weights, String vertices, String edges)
      throws IOException {
    Path vertexFile = Files.writeString(directory.resolve("g.v"), vertices);
    Path edgeFile = Files.writeString(directory.resolve("g.e"), edges);
    return GraphFiles.read(
        vertexFile, edgeFile, new GraphFiles.Reading(format, 2, true, true, weights));
  }

  private static CompactGraph graph(GraphFiles.Result result) {
    assertThat(result).isInstanceOf(GraphFiles.Read.class);
    return ((GraphFiles.Read) result).graph();
  }

  private static List<String> faults(GraphFiles.Result result) {
    assertThat(result).isInstanceOf(GraphFiles.Faulty.class);
    return ((GraphFiles.Faulty) result).first();
  }

  @Test
  void readsTheFormatOfGraphalytics() throws IOException {
    CompactGraph graph =
        graph(
            read(
                Format.EVLP,
                Weights.NON_NEGATIVE,
                "58 \n238\r\n\n-9223372036854775808\n9223372036854775807 x y",
                "58 238 1.4\n  238\t58   2e-3\n\n58 9223372036854775807 0"));
    assertThat(graph.facts().vertices()).isEqualTo(4);
    assertThat(graph.facts().edges()).isEqualTo(3);
    assertThat(graph.facts().lowestWeight()).isZero();
    assertThat(graph.has(Long.MIN_VALUE)).isTrue();
    double sum = 0;
    for (ShardGraph shard : graph.shards()) {
      for (double weight : shard.out().weights()) {
        sum += weight;
      }
    }
    assertThat(sum).isEqualTo(1.402);
  }

  @Test
  void readsCommaSeparatedValuesByTheNamesInTheirHeader() throws IOException {
    CompactGraph graph =
        graph(
            read(
                Format.CSV,
                Weights.ANY,
                "\uFEFFname,ID\n\"Smith, \"\"J\"\"\",1\nx,2\n",
                "Weight,to,from\n\"-2.5\" , \"1\",2\n"));
    assertThat(graph.facts().vertices()).isEqualTo(2);
    assertThat(graph.facts().edges()).isEqualTo(1);
    assertThat(graph.facts().lowestWeight()).isEqualTo(-2.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1;2;1|1 2|g.v line 3: vertex 1 was there before",
        "1;x2|1 2|g.v line 2: an id is a whole number of 64 bits, not 'x2'",
        "1;9223372036854775808|1 2|not '9223372036854775808'",
        "1;-|1 2|not '-'",
        "1;2|1|g.e line 1: there is no to: the line has 1 fields",
        "1;2|1 2 3;1 3 4|g.e line 2: there is no vertex 3 where the edge ends",
        "1;2|3 1 4|g.e line 1: there is no vertex 3 where the edge starts",
        "1;2|1 2|g.e line 1: there is no weight",
        "1;2|1 2 NaN|a weight is a finite number, not 'NaN'",
        "1;2|1 2 Infinity|a weight is a finite number, not 'Infinity'",
        "1;2|1 2 heavy|a weight is a finite number, not 'heavy'",
        "1;2|1 2 -0.5|a weight must not be below 0 here, and this one is -0.5",
        ";|1 2 3|g.v: the graph is empty",
      })
  void saysWhatIsWrongAndWhere(String vertices, String edges, String fault) throws IOException {
    GraphFiles.Result result =
        read(
            Format.EVLP,
            Weights.NON_NEGATIVE,
            vertices.replace(';', '\n'),
            edges.replace(';', '\n'));
    assertThat(faults(result)).singleElement().asString().contains(fault);
  }

  @Test
  void findsAllFaultsAndShowsTheFirst() throws IOException {
    GraphFiles.Result result =
        read(Format.EVLP, Weights.IGNORED, "1", "1 2\n".repeat(1_000) + "1 1\n");
    assertThat(faults(result)).hasSize(10);
    assertThat(((GraphFiles.Faulty) result).count()).isEqualTo(1_000);
  }

  @Test
  void anEdgeWithoutEndsOrAHeaderWithoutColumnsIsAFault() throws IOException {
    assertThat(faults(read(Format.CSV, Weights.IGNORED, "id\n1", "from,to\n1,\n")))
        .singleElement()
        .asString()
        .contains("g.e line 2", "not ''");
    assertThat(faults(read(Format.CSV, Weights.ANY, "id\n1", "from,to\n1,1\n")))
        .singleElement()
        .asString()
        .contains("g.e line 1", "no column weight");
    assertThat(faults(read(Format.CSV, Weights.IGNORED, "key\n1", "from,to\n")))
        .singleElement()
        .asString()
        .contains("no column id or vertex");
    assertThat(faults(read(Format.CSV, Weights.IGNORED, "id\n\"1", "from,to\n")))
        .first()
        .asString()
        .contains("quotation mark");
    assertThat(faults(read(Format.CSV, Weights.IGNORED, "", "from,to\n")))
        .singleElement()
        .asString()
        .contains("no header");
  }

  @Test
  void linesOfAnyLengthAreRead() throws IOException {
    String blank = " ".repeat(100_000);
    try (Lines lines =
        new Lines(
            new ByteArrayInputStream(
                ("a" + blank + "b\n" + blank + "\nc").getBytes(StandardCharsets.UTF_8)))) {
      assertThat(lines.next()).isTrue();
      assertThat(lines.end() - lines.start()).isEqualTo(100_002);
      assertThat(lines.next()).isTrue();
      assertThat(lines.number()).isEqualTo(3);
      assertThat(lines.end() - lines.start()).isEqualTo(1);
      assertThat(lines.next()).isFalse();
    }
  }

  @Test
  void writesWholeNumbersFractionsAndInfinity() throws IOException {
    CompactGraph graph =
        graph(read(Format.EVLP, Weights.NON_NEGATIVE, "3\n1\n2", "1 3 0.1\n3 1 2"));
    Path file = directory.resolve("out");
    ValueFile.write(Runs.values(graph, "sssp", Map.of("source", "1")), file);
    assertThat(file).hasContent("1 0.0\n2 Infinity\n3 0.1\n");
    ValueFile.write(Runs.values(graph, "bfs", Map.of("source", "1")), file);
    assertThat(file).hasContent("1 0\n2 9223372036854775807\n3 1\n");
    assertThat(directory).isDirectoryNotContaining("glob:**.unfinished");
  }
}
