package dev.weir.query.graphql;

import dev.weir.store.Fault;
import java.util.Collection;
import java.util.Map;

/**
 * An argument that fits its type but not the collection or the limits; the message says what to
 * change. Carries no stack trace: it is an expected answer.
 */
public final class InputFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, Object> facts;

  public InputFault(String message) {
    this(message, Map.of());
  }

  public InputFault(String message, Map<String, Object> facts) {
    super(message, null, false, false);
    this.facts = facts;
  }

  /** A name of something that is declared, and that is none of those. */
  public static InputFault unknown(String what, String name, Collection<String> declared) {
    return new InputFault(Fault.undeclared("", what, name, declared) + ".");
  }

  /** What belongs beside the message. */
  public Map<String, Object> facts() {
    return facts;
  }

  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
