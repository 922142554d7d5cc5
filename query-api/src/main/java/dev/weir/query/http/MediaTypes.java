package dev.weir.query.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Content negotiation (RFC 9110, section 12), as far as an API of few media types needs it. */
final class MediaTypes {
  static final String NDJSON = "application/x-ndjson";

  private MediaTypes() {}

  /** The type without parameters, in lower case. */
  static String essence(String mediaType) {
    int end = mediaType.indexOf(';');
    return (end < 0 ? mediaType : mediaType.substring(0, end)).trim().toLowerCase(Locale.ROOT);
  }

  /**
   * The first of the offered types that the caller likes best.
   *
   * @param accept header {@code Accept}; null or blank = anything
   * @param offered in the server's order of preference
   * @return empty if none is acceptable
   */
  static Optional<String> best(@Nullable String accept, List<String> offered) {
    if (accept == null || accept.isBlank() || accept.equals("*/*")) {
      return Optional.of(offered.get(0));
    }
    String best = null;
    double bestQuality = 0;
    for (String offer : offered) {
      double quality = quality(accept, essence(offer));
      if (quality > bestQuality) {
        best = offer;
        bestQuality = quality;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Chooses, or says what is offered. */
  static String choose(@Nullable String accept, List<String> offered) throws ProblemException {
    Optional<String> best = best(accept, offered);
    if (best.isEmpty()) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.NOT_ACCEPTABLE,
                  "The header Accept excludes " + String.join(" and ", offered) + ".")
              .with("offered", offered));
    }
    return best.get();
  }

  /** Quality the most specific matching range of {@code accept} gives a type; 0 = unacceptable. */
  private static double quality(String accept, String type) {
    double quality = 0;
    int specificity = -1;
    for (String range : accept.split(",", -1)) {
      int s = specificity(essence(range), type);
      if (s > specificity) {
        specificity = s;
        quality = weight(range);
      }
    }
    return quality;
  }

  private static int specificity(String range, String type) {
    if (range.equals(type)) {
      return 2;
    }
    if (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1))) {
      return 1;
    }
    return range.equals("*/*") ? 0 : -1;
  }

  private static double weight(String range) {
    for (String parameter : range.split(";", -1)) {
      String p = parameter.trim();
      if (p.startsWith("q=") || p.startsWith("Q=")) {
        try {
          return Double.parseDouble(p.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }
}
