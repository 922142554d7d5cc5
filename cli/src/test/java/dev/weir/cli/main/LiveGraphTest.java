package dev.weir.cli.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.server.Setting;
import dev.weir.query.server.Weir;
import dev.weir.store.KeyType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A graph is loaded into a node, an algorithm run over it there, and walks asked for. */
@Timeout(200)
class LiveGraphTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @Test
  void loadsFilesRunsAnAlgorithmOverThemAndWalks() throws Exception {
    Path vertices = Files.writeString(directory.resolve("g.v"), "1\n2\n3\n4\n");
    Path edges =
        Files.writeString(directory.resolve("g.csv"), "from,to,km\n1,2,0.5\n2,3,0.25\nx,3,1\n");
    Path output = directory.resolve("out");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")));
        Weir node =
            Weir.builder()
                .application("loaded")
                .bootstrapServers(kafka.bootstrapServers())
                .listen("127.0.0.1:0")
                .stateDirectory(directory.resolve("node"))
                .shards(2)
                .set(Setting.MEMORY, "64MiB")
                .collection("town", KeyType.Scalar.LONG)
                .edges("road", "town", "town")
                .start()) {
      node.awaitReady(PATIENCE);
      Shell.Outcome loaded =
          Shell.run(
              "graph",
              "load",
              "-u",
              node.url(),
              "--vertices",
              vertices.toString(),
              "--collection",
              "town",
              "--edges",
              edges.toString(),
              "--type",
              "road");
      assertThat(loaded.out()).as(loaded.err()).contains("6 stored, 1 bad");
      assertThat(loaded.err()).contains("g.csv, line 4");
      Shell.Outcome run =
          Shell.run(
              "graph",
              "submit",
              "sssp",
              "-u",
              node.url(),
              "--edges",
              "road",
              "--weight",
              "km",
              "--param",
              "source=1",
              "--result",
              "km",
              "--output",
              output.toString());
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.err()).contains("4 values");
      assertThat(run.out().lines()).contains("3 of 4 reached", "furthest: 3, 0.75");
      assertThat(output).hasContent("1 0\n2 0.5\n3 0.75\n4 Infinity\n");
      assertThat(
              Shell.run(
                      "graph",
                      "submit",
                      "pr",
                      "-u",
                      node.url(),
                      "--edges",
                      "street",
                      "--result",
                      "x")
                  .err())
          .contains("no edge type 'street'");
      new ClientWalks(node.url()).expect();
    }
  }
}
