package dev.weir.graph.compact;

import java.nio.file.Path;

/**
 * Where a graph's lists of edges go if they do not fit into memory: to a file that is gone when the
 * graph is closed or the process ends, in whatever way. What a vertex takes stays in memory.
 *
 * @param directory where the file is; made if it does not exist
 * @param mostBytes of lists in memory, also while they are made, at least 0; a guess
 */
public record Spilling(Path directory, long mostBytes) {
  public Spilling {
    if (mostBytes < 0) {
      throw new IllegalArgumentException("lists take at least 0 bytes, not " + mostBytes);
    }
  }
}
