package dev.weir.store.log;

import java.util.Collection;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of an application's logs is the present one. */
public sealed interface LogGeneration {

  /**
   * Kafka was asked.
   *
   * @param newest the highest generation that has a log; empty if there is none
   */
  record Known(OptionalInt newest) implements LogGeneration {}

  /** Kafka did not answer in time: try again later, or correct the address or the credentials. */
  record Unreachable(String detail) implements LogGeneration {}

  /** The highest number among names, such as topics, that are {@code prefix} and a number. */
  static OptionalInt newest(Collection<String> names, String prefix) {
    Pattern numbered = Pattern.compile(Pattern.quote(prefix) + "([0-9]{1,9})");
    return names.stream()
        .map(numbered::matcher)
        .filter(Matcher::matches)
        .mapToInt(name -> Integer.parseInt(name.group(1)))
        .max();
  }
}
