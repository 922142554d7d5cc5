package dev.weir.peers.graphx;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Spark GraphX on two threads of one process, as a peer of the batch engine. Arguments: a file of
 * vertices, a file of edges. Says {@code ready <load nanos>}, then answers the lines that it reads
 * until its input ends:
 *
 * <pre>{@code
 * pr <iterations> <output>
 * wcc 0 <output>
 * bfs <source> <output>
 * sssp <source> <output>
 * }</pre>
 *
 * with {@code <nanos>}, the time to compute without loading and writing, then {@code done}; or
 * {@code failed <why>}. The output has a line {@code vertex value} for each vertex.
 */
public final class GraphxPeer {
  private final LoadedGraph graph;
  private final PrintStream out;

  private GraphxPeer(LoadedGraph graph, PrintStream out) {
    this.graph = graph;
    this.out = out;
  }

  /** The process. */
  public static void main(String[] arguments) throws IOException {
    // Whatever else is printed must not get between the answers.
    PrintStream out = System.out;
    System.setOut(System.err);
    try (LoadedGraph graph = LoadedGraph.of(arguments[0], arguments[1])) {
      out.println("ready " + graph.loadNanos());
      new GraphxPeer(graph, out).serve();
    }
  }

  private void serve() throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      try {
        String[] words = line.split(" ");
        Outcome outcome = Computations.of(graph, words[0], Long.parseLong(words[1]));
        out.println(outcome.nanos());
        outcome.write(Path.of(words[2]));
        out.println("done");
      } catch (IOException | RuntimeException e) {
        out.println("failed " + e);
      }
    }
  }
}
