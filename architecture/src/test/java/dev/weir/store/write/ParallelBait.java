package dev.weir.store.write;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Breaks, in every method: no parallel streams in the fold. */
public final class ParallelBait {

  private ParallelBait() {}

  static Stream<String> ofCollection(List<String> list) {
    return list.parallelStream();
  }

  static Stream<String> ofStream(Stream<String> stream) {
    return stream.parallel();
  }

  static IntStream ofNumbers(IntStream stream) {
    return stream.parallel();
  }
}
