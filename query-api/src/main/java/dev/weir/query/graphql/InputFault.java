package dev.weir.query.graphql;

/**
 * An argument that fits its type but not the collection or the limits; the message says what to
 * change. Carries no stack trace: it is an expected answer.
 */
final class InputFault extends Exception {
  private static final long serialVersionUID = 1L;

  InputFault(String message) {
    super(message, null, false, false);
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
