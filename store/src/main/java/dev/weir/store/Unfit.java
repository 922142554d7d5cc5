package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words the messages about keys that do not fit. */
final class Unfit {

  private static final int EXCERPT = 60;

  private Unfit() {}

  static InvalidKeyException type(@Nullable Object value, String wanted, String advice) {
    String given = value == null ? "null" : "a " + value.getClass().getSimpleName();
    return new InvalidKeyException(given + " is not " + wanted + ": " + advice);
  }

  static InvalidKeyException json(JsonNode json, String wanted, String advice) {
    String kind = json.getNodeType().name().toLowerCase(Locale.ROOT);
    return new InvalidKeyException(
        "the JSON "
            + (json.isContainerNode() ? kind : kind + " " + cut(json.toString()))
            + " is not "
            + wanted
            + ": "
            + advice);
  }

  static InvalidKeyException text(String text, String wanted, String advice) {
    return new InvalidKeyException(excerpt(text) + " is not " + wanted + ": " + advice);
  }

  /** The text in quotes, cut to a readable length, without control characters and lone halves. */
  static String excerpt(String text) {
    return "'" + cut(text) + "'";
  }

  private static String cut(String text) {
    StringBuilder shown = new StringBuilder();
    int end = Math.min(text.length(), EXCERPT);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean plain = !Character.isISOControl(c) && !Character.isSurrogate(c);
      shown.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return end < text.length()
        ? shown.append("… (").append(text.length()).append(" characters)").toString()
        : shown.toString();
  }
}
