package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A problem document (RFC 9457), or what stands for one if the answer was none.
 *
 * @param type stable identity, a URI; {@code about:blank} if the answer was no problem document
 * @param status HTTP status
 * @param title what kind of problem it is
 * @param detail what happened this time, or empty
 * @param action what to do about it, or empty
 * @param retryAfterSeconds how long to wait before asking again; 0 = nothing was said
 * @param members the whole document, with further facts
 */
public record Problem(
    String type,
    int status,
    String title,
    String detail,
    String action,
    long retryAfterSeconds,
    JsonNode members) {

  static Problem of(Reply reply) {
    JsonNode json = reply.json();
    boolean problem = reply.header("Content-Type").startsWith("application/problem+json");
    return new Problem(
        problem ? json.path("type").asText("about:blank") : "about:blank",
        reply.status(),
        problem ? json.path("title").asText() : "The server answered " + reply.status(),
        problem ? json.path("detail").asText() : "",
        problem ? json.path("action").asText() : "",
        reply.number("Retry-After"),
        json);
  }

  /** A problem document that did not come as an answer of its own. */
  static Problem of(JsonNode json) {
    return new Problem(
        json.path("type").asText("about:blank"),
        json.path("status").asInt(),
        json.path("title").asText(),
        json.path("detail").asText(),
        json.path("action").asText(),
        0,
        json);
  }

  /** The last part of the type, such as {@code invalid-key}. */
  public String kind() {
    return type.substring(type.lastIndexOf('/') + 1);
  }

  /** All of it for people, in one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(title);
    if (!detail.isEmpty()) {
      text.append(": ").append(detail);
    }
    if (!action.isEmpty()) {
      boolean ended = text.length() > 0 && ".!?".indexOf(text.charAt(text.length() - 1)) >= 0;
      text.append(ended ? " " : ". ").append(action);
    }
    return text.toString();
  }
}
