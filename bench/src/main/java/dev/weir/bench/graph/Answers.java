package dev.weir.bench.graph;

import java.util.Arrays;
import java.util.List;

/**
 * Answers to a list of questions, in their order; arrays belong to the record.
 *
 * @param nanos how long each took
 * @param values what each was
 */
record Answers(long[] nanos, long[] values) {

  /**
   * @param lines a time and a value each, between them a space
   */
  static Answers of(List<String> lines) {
    long[] nanos = new long[lines.size()];
    long[] values = new long[lines.size()];
    for (int i = 0; i < nanos.length; i++) {
      String[] words = lines.get(i).split(" ", -1);
      nanos[i] = Long.parseLong(words[0]);
      values[i] = Long.parseLong(words[1]);
    }
    return new Answers(nanos, values);
  }

  /**
   * The time that a share of all answers did not exceed.
   *
   * @param share from 0 to 1, such as 0.99
   */
  double millis(double share) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }

  /** Fails if a value is not the one that it should be. */
  void mustBe(String what, long[] wanted) {
    int at = Arrays.mismatch(values, wanted);
    if (at >= 0) {
      throw new IllegalStateException(
          what + ", question " + at + ": " + values[at] + ", not " + wanted[at]);
    }
  }
}
