package dev.weir.query.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A problem as it happened: the facts beside its constant type.
 *
 * @param type which problem
 * @param detail what happened, in one or two sentences
 * @param members further facts by name, in the order they are written: text, numbers, booleans,
 *     lists and maps of these
 * @param retryAfter whole seconds for the header {@code Retry-After}; 0 = none
 */
record Problem(ProblemType type, String detail, Map<String, Object> members, int retryAfter) {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final Set<String> RESERVED =
      Set.of("type", "title", "status", "detail", "action", "instance");

  static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, Map.of(), 0);
  }

  /** This problem with one more fact, under a name that no problem has a meaning for. */
  Problem with(String name, Object value) {
    if (RESERVED.contains(name)) {
      throw new IllegalArgumentException("every problem has its own '" + name + "'");
    }
    Map<String, Object> more = new LinkedHashMap<>(members);
    more.put(name, value);
    return new Problem(type, detail, more, retryAfter);
  }

  /** This problem, worth another try after some seconds. */
  Problem retryAfter(int seconds) {
    return new Problem(type, detail, members, seconds);
  }

  /** The problem document's members in order, without {@code instance}. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", type.uri());
    document.put("title", type.title());
    document.put("status", type.status());
    document.put("detail", detail);
    document.put("action", type.action());
    document.putAll(members);
    return document;
  }

  /** The answer that tells the caller. */
  Answer answer(String instance) {
    Map<String, Object> document = document();
    document.put("instance", instance);
    Answer answer =
        Answer.bytes(type.status(), CONTENT_TYPE, Json.bytes(document))
            .header("Cache-Control", "no-store");
    return retryAfter > 0 ? answer.header("Retry-After", Integer.toString(retryAfter)) : answer;
  }
}
