package dev.weir.graph.file;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found wrong while files were read: the first few, and how many more. Not thread-safe.
 */
final class Faults {

  private static final int MOST_SHOWN = 10;

  private final List<String> first = new ArrayList<>();
  private long count;

  void add(String file, long line, String fault) {
    add(file + " line " + line + ": " + fault);
  }

  void add(String fault) {
    count++;
    if (first.size() < MOST_SHOWN) {
      first.add(fault);
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  GraphFiles.Faulty result() {
    return new GraphFiles.Faulty(List.copyOf(first), count);
  }
}
