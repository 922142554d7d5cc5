package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;

/** Parts of dead letters as text. */
final class LetterText {
  private static final int MOST = 40;

  private LetterText() {}

  /** Where a letter came from. */
  static String origin(JsonNode letter) {
    JsonNode origin = letter.path("origin");
    return origin.path("topic").asText()
        + "/"
        + origin.path("partition").asText()
        + "/"
        + origin.path("offset").asText();
  }

  /** Key or value: text as it is, other bytes in Base64; {@code -} for none. */
  static String of(JsonNode bytes) {
    if (bytes.has("text")) {
      return bytes.get("text").asText();
    }
    return bytes.has("base64") ? "base64:" + bytes.get("base64").asText() : "-";
  }

  /** Its beginning, in one line. */
  static String shortened(JsonNode bytes) {
    String text = of(bytes).replaceAll("\\p{Cntrl}", " ");
    return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
  }
}
