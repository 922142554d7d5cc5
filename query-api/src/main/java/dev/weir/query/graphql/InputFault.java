package dev.weir.query.graphql;

import java.util.Map;

/**
 * An argument that fits its type but not the collection or the limits; the message says what to
 * change. Carries no stack trace: it is an expected answer.
 */
final class InputFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, Object> facts;

  InputFault(String message) {
    this(message, Map.of());
  }

  InputFault(String message, Map<String, Object> facts) {
    super(message, null, false, false);
    this.facts = facts;
  }

  /** What belongs beside the message. */
  Map<String, Object> facts() {
    return facts;
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
