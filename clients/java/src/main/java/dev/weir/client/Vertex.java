package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A vertex of the graph, which is a document of a collection, be it there or not.
 *
 * @param collection its name
 * @param key in its JSON form
 */
public record Vertex(String collection, JsonNode key) {
  public Vertex {
    key = plain(key);
  }

  /** Numbers are equal here whatever they were read as. */
  private static JsonNode plain(JsonNode key) {
    if (key.isIntegralNumber() && key.canConvertToLong()) {
      return JsonNodeFactory.instance.numberNode(key.longValue());
    }
    if (!key.isArray()) {
      return key;
    }
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    key.forEach(part -> parts.add(plain(part)));
    return parts;
  }

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
