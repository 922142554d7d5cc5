package dev.weir.bench.graph;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A graph as other processes read it: a vertex on a line; two and a weight on a line.
 *
 * @param vertices the file of vertices
 * @param edges the file of edges
 */
record EvlpFiles(Path vertices, Path edges) {

  static EvlpFiles write(Path directory, String name, EdgeList graph) throws IOException {
    EvlpFiles files = new EvlpFiles(directory.resolve(name + ".v"), directory.resolve(name + ".e"));
    try (BufferedWriter lines = Files.newBufferedWriter(files.vertices)) {
      for (int vertex = 0; vertex < graph.vertices(); vertex++) {
        lines.append(Integer.toString(vertex)).append('\n');
      }
    }
    try (BufferedWriter lines = Files.newBufferedWriter(files.edges)) {
      for (int e = 0; e < graph.edges(); e++) {
        lines.append(Integer.toString(graph.from()[e])).append(' ');
        lines.append(Integer.toString(graph.to()[e])).append(' ');
        lines.append(Double.toString(graph.weights()[e])).append('\n');
      }
    }
    return files;
  }
}
