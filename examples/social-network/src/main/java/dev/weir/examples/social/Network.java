package dev.weir.examples.social;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The documents in their present state, in the order in which they came. Not thread-safe. */
final class Network {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Kind, Map<Long, ObjectNode>> documents = new EnumMap<>(Kind.class);

  Network() {
    for (Kind kind : Kind.values()) {
      documents.put(kind, new LinkedHashMap<>());
    }
  }

  /** Adds an empty document under an id that is not there yet. */
  ObjectNode add(Kind kind, long id) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    if (all(kind).put(id, document) != null) {
      throw new IllegalStateException("there is more than one " + kind.collection() + " " + id);
    }
    return document;
  }

  /** The document of an id that must be there. */
  ObjectNode get(Kind kind, long id) {
    ObjectNode document = all(kind).get(id);
    if (document == null) {
      throw new IllegalStateException("there is no " + kind.collection() + " " + id);
    }
    return document;
  }

  /** A list in a document, made empty if it is not there yet. */
  static ArrayNode list(ObjectNode document, String field) {
    return document.withArrayProperty(field);
  }

  /** All documents of a kind. */
  Map<Long, ObjectNode> all(Kind kind) {
    Map<Long, ObjectNode> all = documents.get(kind);
    if (all == null) {
      throw new IllegalStateException(kind.name());
    }
    return all;
  }

  /** The present state of a document as an event. */
  SocialEvent event(Kind kind, long id, long timestamp) {
    try {
      return new SocialEvent(kind, id, JSON.writeValueAsBytes(get(kind, id)), timestamp);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the document cannot be written as JSON", e);
    }
  }
}
