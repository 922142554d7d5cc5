package dev.weir.query.http;

import dev.weir.store.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The decoded parameters of a URL's query; each is known to the route and given once. */
final class QueryParameters {
  private static final QueryParameters NONE = new QueryParameters(Map.of());

  private final Map<String, String> values;

  private QueryParameters(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads a query.
   *
   * @param rawQuery still percent-encoded; null = none
   * @param known names the route has
   * @throws ProblemException if a name is unknown or given twice, or an escape is broken
   */
  static QueryParameters parse(@Nullable String rawQuery, List<String> known)
      throws ProblemException {
    if (rawQuery == null || rawQuery.isEmpty()) {
      return NONE;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : rawQuery.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = RawText.decode(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : RawText.decode(pair.substring(equals + 1), true);
      if (!known.contains(name)) {
        throw new ProblemException(unknown(name, known));
      }
      if (values.put(name, value) != null) {
        throw invalid(name, "The parameter '" + name + "' is given more than once.");
      }
    }
    return new QueryParameters(values);
  }

  /** No parameters. */
  static QueryParameters none() {
    return NONE;
  }

  /** The text of a parameter; empty if it is not given. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A whole number between bounds. */
  int integer(String name, int least, int most, int otherwise) throws ProblemException {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // answered below, like a number out of bounds
    }
    throw new ProblemException(
        Problem.of(
                ProblemType.INVALID_PARAMETER,
                "'%s' must be a whole number from %d to %d, not '%s'."
                    .formatted(name, least, most, Texts.shorten(text)))
            .with("parameter", name)
            .with("minimum", least)
            .with("maximum", most));
  }

  /** {@code true} or {@code false}. */
  boolean flag(String name, boolean otherwise) throws ProblemException {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    return choice(name, List.of("true", "false")).equals("true");
  }

  /** One of some words, which is given. */
  String choice(String name, List<String> words) throws ProblemException {
    String text = values.getOrDefault(name, words.get(0));
    if (words.contains(text)) {
      return text;
    }
    throw new ProblemException(
        Problem.of(
                ProblemType.INVALID_PARAMETER,
                "'%s' must be one of %s, not '%s'."
                    .formatted(name, String.join(", ", words), Texts.shorten(text)))
            .with("parameter", name)
            .with("allowed", words));
  }

  static ProblemException invalid(String name, String detail) {
    return new ProblemException(
        Problem.of(ProblemType.INVALID_PARAMETER, detail).with("parameter", name));
  }

  private static Problem unknown(String name, List<String> known) {
    Fault fault = Fault.unknown("", "query parameter", name, known);
    return Problem.of(ProblemType.UNKNOWN_PARAMETER, fault.toString())
        .with("parameter", Texts.shorten(name))
        .with("allowed", known);
  }
}
