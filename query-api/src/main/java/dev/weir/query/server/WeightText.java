package dev.weir.query.server;

import dev.weir.query.graphql.GraphQlSettings.Kind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Weights of GraphQL's costs as a setting says them: {@code photo=20, log=5}. */
final class WeightText {
  private static final String FORM = "write names with whole numbers from 0 to 1000000, as in ";

  /** What is wrong with weights of collections that are none. */
  static final String COLLECTION_ADVICE = FORM + "photo=20, log=5";

  /** What is wrong with weights of kinds that are none. */
  static final String KIND_ADVICE =
      FORM
          + "find=5, aggregate=50, of "
          + Arrays.stream(Kind.values()).map(WeightText::word).collect(Collectors.joining(", "));

  private static final Pattern ENTRY = Pattern.compile("([a-z][a-z0-9_-]{0,63})=([0-9]{1,7})");
  private static final int MOST = 1_000_000;

  private WeightText() {}

  /**
   * Reads weights of collections.
   *
   * @throws IllegalArgumentException if they are none
   */
  static SortedMap<String, Integer> collections(String text) {
    return read(text, name -> name);
  }

  /**
   * Reads weights of kinds of fields.
   *
   * @throws IllegalArgumentException if they are none
   */
  static SortedMap<Kind, Integer> kinds(String text) {
    return read(text, WeightText::kind);
  }

  private static Kind kind(String word) {
    return Arrays.stream(Kind.values())
        .filter(kind -> word(kind).equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(word));
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static <K extends Comparable<K>> SortedMap<K, Integer> read(
      String text, Function<String, K> name) {
    SortedMap<K, Integer> weights = new TreeMap<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      Matcher entry = ENTRY.matcher(part.strip());
      if (!entry.matches()) {
        throw new IllegalArgumentException(text);
      }
      int weight = Integer.parseInt(entry.group(2));
      if (weight > MOST || weights.put(name.apply(entry.group(1)), weight) != null) {
        throw new IllegalArgumentException(text);
      }
    }
    return weights;
  }

  /** Weights of collections as {@link #collections} reads them. */
  static String text(Map<String, Integer> weights) {
    return weights.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Weights of kinds as {@link #kinds} reads them. */
  static String kindText(Map<Kind, Integer> weights) {
    return weights.entrySet().stream()
        .map(entry -> word(entry.getKey()) + "=" + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
