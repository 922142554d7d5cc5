package dev.weir.query.graphql.transport;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a client says in the sub-protocol graphql-transport-ws. */
sealed interface TransportMessage {

  /** It introduces itself. */
  record Init() implements TransportMessage {}

  /**
   * It wants to hear something.
   *
   * @param payload JSON that is to be sent back; null = none
   */
  record Ping(@Nullable JsonNode payload) implements TransportMessage {}

  /** It has heard, or is just alive. */
  record Pong() implements TransportMessage {}

  /**
   * It wants an operation to be executed.
   *
   * @param id of its choice, not empty
   * @param payload the request, a JSON object
   */
  record Subscribe(String id, JsonNode payload) implements TransportMessage {}

  /** It does not want to hear of an operation any more. */
  record Complete(String id) implements TransportMessage {}

  /**
   * It is no message of the protocol.
   *
   * @param why for people
   */
  record Invalid(String why) implements TransportMessage {}

  /** Reads a message, any text. */
  static TransportMessage read(String text, RequestReader reader) {
    JsonNode message;
    try {
      message = reader.message(text);
    } catch (HttpFault fault) {
      return new Invalid(fault.text());
    }
    if (!message.isObject() || !message.path("type").isTextual()) {
      return new Invalid("A message is a JSON object with a member 'type'.");
    }
    String type = message.path("type").textValue();
    JsonNode payload = message.path("payload");
    boolean given = !payload.isMissingNode() && !payload.isNull();
    boolean operates = type.equals("subscribe") || type.equals("complete");
    if (operates && (!message.path("id").isTextual() || message.path("id").textValue().isEmpty())) {
      return new Invalid("The message '" + type + "' needs an 'id'.");
    }
    if (!type.equals("complete") && given && !payload.isObject()) {
      return new Invalid("The 'payload' must be a JSON object.");
    }
    return switch (type) {
      case "connection_init" -> new Init();
      case "ping" -> new Ping(given ? payload : null);
      case "pong" -> new Pong();
      case "subscribe" ->
          given
              ? new Subscribe(message.path("id").textValue(), payload)
              : new Invalid("The message 'subscribe' needs a 'payload'.");
      case "complete" -> new Complete(message.path("id").textValue());
      default -> new Invalid("There is no message of this type.");
    };
  }
}
