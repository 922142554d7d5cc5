package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A document with its key, as scans and batches give it.
 *
 * @param key in its JSON form
 * @param document its value as JSON
 * @param version its ETag
 * @param timestamp of the event that made it, milliseconds since the epoch
 */
public record Item(JsonNode key, JsonNode document, String version, long timestamp) {

  static Item of(JsonNode json) {
    return new Item(
        json.path("key"),
        json.path("document"),
        json.path("version").asText(),
        json.path("timestamp").asLong());
  }
}
