package dev.weir.chaos;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A promise that was broken.
 *
 * @param check that found it
 * @param key of the document
 * @param what was wrong, in one sentence
 * @param excerpt the calls that show it
 */
public record Violation(String check, String key, String what, List<Op> excerpt) {

  public Violation {
    excerpt = List.copyOf(excerpt);
  }

  /** For people: the sentence, how to repeat the run, and the calls. */
  public String text(long seed) {
    return excerpt.stream()
        .map(op -> "    " + op)
        .collect(
            Collectors.joining(
                "\n", check + ", key " + key + ", seed " + seed + ": " + what + "\n", "\n"));
  }
}
