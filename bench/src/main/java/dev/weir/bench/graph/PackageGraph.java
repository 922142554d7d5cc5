package dev.weir.bench.graph;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The packages of a Linux distribution and what they need: a real graph with a few vertices that
 * very many lead to.
 */
final class PackageGraph {
  private static final String GIVEN = "WEIR_PACKAGE_GRAPH";

  /** Fewer than this are not a distribution's whole index. */
  private static final int LEAST_EDGES = 100_000;

  private PackageGraph() {}

  /**
   * From the directory with {@code edges.tsv.gz} that the environment variable {@code
   * WEIR_PACKAGE_GRAPH} names, or else from the index of packages that this machine has.
   *
   * @return empty, with a message, if there is neither
   */
  static Optional<EdgeList> find() throws IOException, InterruptedException {
    String given = System.getenv(GIVEN);
    return given == null ? ofThisMachine() : Optional.of(read(Path.of(given)));
  }

  private static EdgeList read(Path directory) throws IOException {
    PackageGraphBuilder builder = new PackageGraphBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(directory.resolve("edges.tsv.gz"))),
                StandardCharsets.UTF_8))) {
      lines.readLine(); // The header.
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] columns = line.split("\t", -1);
        builder.edge(columns[0], columns[1]);
      }
    }
    return builder.build();
  }

  private static Optional<EdgeList> ofThisMachine() throws IOException, InterruptedException {
    PackageGraphBuilder builder = new PackageGraphBuilder();
    try {
      Process index =
          new ProcessBuilder("apt-cache", "dumpavail")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader lines = index.inputReader(StandardCharsets.UTF_8)) {
        new PackageIndex(builder).read(lines);
      }
      index.waitFor();
    } catch (IOException e) {
      System.err.println("Without the graph of packages: " + e.getMessage());
      return Optional.empty();
    }
    EdgeList graph = builder.build();
    if (graph.edges() < LEAST_EDGES) {
      System.err.println(
          "Without the graph of packages: no index here (apt-get update fetches it), and "
              + GIVEN
              + " names no directory");
      return Optional.empty();
    }
    return Optional.of(graph);
  }
}
