package dev.weir.bench.graph;

import dev.weir.bench.process.PeerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Spark GraphX with two threads in a process of its own. Confined to one thread. */
final class GraphxPeer implements AutoCloseable {
  private static final double NANOS = 1e9;

  /** Packages of the JDK that Spark looks into. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private final PeerProcess process;
  private final Path output;
  private final int vertices;

  private GraphxPeer(PeerProcess process, Path output, int vertices) {
    this.process = process;
    this.output = output;
    this.vertices = vertices;
  }

  /**
   * A result.
   *
   * @param seconds to compute it, without loading the graph and writing the result
   * @param values of each vertex
   */
  record Result(double seconds, double[] values) {}

  /**
   * Starts it with a graph in memory.
   *
   * @param directory for its files; exists
   * @return empty if Spark could not be had
   */
  static Optional<GraphxPeer> start(Path directory, EvlpFiles graph, int vertices)
      throws IOException {
    List<String> options = new ArrayList<>(List.of("-Xmx6g"));
    OPENED.forEach(opened -> options.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED"));
    return PeerProcess.start(
            "graphx",
            "dev.weir.peers.graphx.GraphxPeer",
            options,
            List.of(graph.vertices().toString(), graph.edges().toString()))
        .map(process -> new GraphxPeer(process, directory.resolve("graphx.out"), vertices));
  }

  /** How long it took to read the files and to build the graph. */
  double loadSeconds() {
    return Long.parseLong(process.readyText()) / NANOS;
  }

  /**
   * PageRank as GraphX defines it: what reaches a vertex without edges is shared out at the end.
   */
  Result pageRank(int iterations) throws IOException {
    return ask("pr " + iterations);
  }

  /** The smallest vertex of each component. */
  Result components() throws IOException {
    return ask("wcc 0");
  }

  /** Hops from a source; infinite = not reached. */
  Result distances(int source) throws IOException {
    return ask("bfs " + source);
  }

  /** The sum of the weights along the lightest path from a source; infinite = not reached. */
  Result shortestPaths(int source) throws IOException {
    return ask("sssp " + source);
  }

  private Result ask(String question) throws IOException {
    double seconds = Long.parseLong(process.ask(question + " " + output).get(0)) / NANOS;
    double[] values = new double[vertices];
    try (BufferedReader lines = Files.newBufferedReader(output)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int space = line.indexOf(' ');
        values[Integer.parseInt(line.substring(0, space))] =
            Double.parseDouble(line.substring(space + 1));
      }
    }
    return new Result(seconds, values);
  }

  @Override
  public void close() {
    process.close();
  }
}
