package dev.weir.query.graphql.transport;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The media types of answers. */
enum MediaType {
  /** Statuses say what became of the request. */
  RESPONSE("application/graphql-response+json"),
  /** For clients from before the above: 200 for every well-formed request. */
  JSON("application/json");

  private final String essence;

  MediaType(String essence) {
    this.essence = essence;
  }

  /** For the header {@code Content-Type}. */
  String header() {
    return essence + "; charset=utf-8";
  }

  /**
   * Chooses by the header {@code Accept} (RFC 9110, section 12.5.1): the higher quality wins, then
   * the one that is named more specifically, then {@link #JSON}, which every client understands.
   *
   * @param accept null or blank = anything
   * @return empty if the header excludes both
   */
  static Optional<MediaType> choose(@Nullable String accept) {
    if (accept == null || accept.isBlank()) {
      return Optional.of(JSON);
    }
    Preference response = Preference.of(accept, RESPONSE.essence);
    Preference json = Preference.of(accept, JSON.essence);
    if (response.quality() <= 0 && json.quality() <= 0) {
      return Optional.empty();
    }
    if (response.quality() != json.quality()) {
      return Optional.of(response.quality() > json.quality() ? RESPONSE : JSON);
    }
    return Optional.of(
        response.specificity() >= 2 && response.position() <= json.position() ? RESPONSE : JSON);
  }

  /**
   * Whether a client wants server-sent events: it names them, and no other type before them or with
   * a higher quality.
   *
   * @param accept null = anything
   */
  static boolean prefersEvents(@Nullable String accept) {
    if (accept == null) {
      return false;
    }
    Preference events = Preference.of(accept, "text/event-stream");
    if (events.specificity() < 2 || events.quality() <= 0) {
      return false;
    }
    for (MediaType type : values()) {
      Preference other = Preference.of(accept, type.essence);
      if (other.specificity() == 2
          && (other.quality() > events.quality()
              || (other.quality() == events.quality() && other.position() < events.position()))) {
        return false;
      }
    }
    return true;
  }

  /**
   * How much a client wants a type.
   *
   * @param quality 0 = not at all, to 1
   * @param specificity 2 = named, 1 = by its first half, 0 = by a star, -1 = not mentioned
   * @param position where in the header it is mentioned, from 0
   */
  private record Preference(double quality, int specificity, int position) {
    static Preference of(String accept, String type) {
      Preference best = new Preference(0, -1, Integer.MAX_VALUE);
      int position = 0;
      for (String range : accept.split(",", -1)) {
        String[] parts = range.split(";", -1);
        int specificity = specificity(parts[0].trim().toLowerCase(Locale.ROOT), type);
        if (specificity > best.specificity && utf8(parts)) {
          best = new Preference(quality(parts), specificity, position);
        }
        position++;
      }
      return best;
    }

    private static int specificity(String range, String type) {
      if (range.equals(type)) {
        return 2;
      }
      if (range.equals("application/*")) {
        return 1;
      }
      return range.equals("*/*") ? 0 : -1;
    }

    private static boolean utf8(String[] parts) {
      String charset = parameter(parts, "charset=");
      return charset == null || charset.equalsIgnoreCase("utf-8");
    }

    private static double quality(String[] parts) {
      String weight = parameter(parts, "q=");
      try {
        double quality = weight == null ? 1 : Double.parseDouble(weight);
        return quality >= 0 && quality <= 1 ? quality : 0;
      } catch (NumberFormatException e) {
        return 0;
      }
    }

    private static @Nullable String parameter(String[] parts, String name) {
      for (int i = 1; i < parts.length; i++) {
        String part = parts[i].trim();
        if (part.regionMatches(true, 0, name, 0, name.length())) {
          return part.substring(name.length()).replace("\"", "").trim();
        }
      }
      return null;
    }
  }
}
