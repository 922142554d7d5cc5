package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A vertex of the graph, which is a document of a collection, be it there or not.
 *
 * @param collection its name
 * @param key in its JSON form
 */
public record Vertex(String collection, JsonNode key) {

  /** The vertex under a key that is a text, a UUID or base64url. */
  public static Vertex of(String collection, String key) {
    return new Vertex(collection, JsonNodeFactory.instance.textNode(key));
  }

  /** The vertex under a key that is a whole number. */
  public static Vertex of(String collection, long key) {
    return new Vertex(collection, JsonNodeFactory.instance.numberNode(key));
  }

  static Vertex of(JsonNode json) {
    return new Vertex(json.path("collection").asText(), json.path("key"));
  }

  /** The textual form of its key. */
  public String keyText() {
    return key.isTextual() ? key.textValue() : key.toString();
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("collection", collection);
    json.set("key", key);
    return json;
  }
}
