package dev.weir.query.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path with parameters, such as {@code /v1/collections/{c}/documents/{key...}}.
 *
 * <p>Matches the path as it was sent: {@code {c}} is one segment, {@code {key...}} is everything
 * that is left, with all its slashes, dots and escapes, even if that is nothing. What matches is
 * decoded once, afterwards.
 */
final class PathTemplate {
  private final String text;
  private final List<String> segments;
  private final List<String> names = new ArrayList<>();

  PathTemplate(String text) {
    this.text = text;
    this.segments = List.of(text.substring(1).split("/", -1));
    for (String segment : segments) {
      if (segment.startsWith("{")) {
        names.add(segment.substring(1, segment.length() - 1).replace("...", ""));
      }
    }
  }

  /** The template as the OpenAPI document shows it. */
  String openApi() {
    return text.replace("...}", "}");
  }

  /** Names of the parameters, in order. */
  List<String> names() {
    return names;
  }

  /** The raw texts of the parameters in order; null if the path is not of this template. */
  @Nullable List<String> match(String rawPath) {
    List<String> raw = new ArrayList<>(names.size());
    int at = 0;
    for (int i = 0; i < segments.size(); i++) {
      if (at >= rawPath.length() || rawPath.charAt(at) != '/') {
        return null;
      }
      String segment = segments.get(i);
      if (segment.endsWith("...}")) {
        raw.add(rawPath.substring(at + 1));
        return raw;
      }
      int slash = rawPath.indexOf('/', at + 1);
      int end = slash < 0 ? rawPath.length() : slash;
      if (segment.startsWith("{")) {
        raw.add(rawPath.substring(at + 1, end));
      } else if (end - at - 1 != segment.length() || !rawPath.startsWith(segment, at + 1)) {
        return null;
      }
      at = end;
    }
    return at == rawPath.length() ? raw : null;
  }

  @Override
  public String toString() {
    return text;
  }
}
