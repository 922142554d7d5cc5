package dev.weir.peers.graphx;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import scala.Tuple2;

/**
 * What a computation came to.
 *
 * @param nanos how long it took, until every value was known
 * @param values of all vertices
 */
record Outcome(long nanos, List<Tuple2<Object, Object>> values) {

  void write(Path file) throws IOException {
    try (PrintWriter lines =
        new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      for (Tuple2<Object, Object> value : values) {
        lines.println(value._1() + " " + value._2());
      }
    }
  }
}
