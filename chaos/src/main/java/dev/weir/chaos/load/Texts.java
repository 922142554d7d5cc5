package dev.weir.chaos.load;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.Version;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds things in answers. */
final class Texts {

  private static final Pattern VALUE = Pattern.compile("\"v\":(\\d+)");
  private static final Pattern BASE = Pattern.compile("\"p\":(\\d+)");
  private static final Pattern VERSION = Pattern.compile("(\\d+)-(\\d+)");

  private Texts() {}

  /** What stands in the group of the first match. */
  static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** A header, or empty. */
  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** The version in an ETag, if there is one. */
  static Optional<Version> version(String etag) {
    Matcher matcher = VERSION.matcher(etag.replace("\"", ""));
    return matcher.matches()
        ? Optional.of(
            new Version(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  /** The document in a text; numbers that nobody writes where it is not what was written. */
  static Answer.Seen document(String json, String etag, String node) {
    return new Answer.Seen(
        first(VALUE, json).map(Long::parseLong).orElse(Long.MAX_VALUE),
        first(BASE, json).map(Long::parseLong).orElse(Call.ABSENT),
        version(etag),
        node);
  }
}
