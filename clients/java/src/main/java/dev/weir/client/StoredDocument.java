package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A document as a node gave it.
 *
 * @param value its bytes; do not modify
 * @param contentType media type of the bytes
 * @param version its ETag without quotes
 * @param timestamp of the event that made it, milliseconds since the epoch
 * @param position token of the shard's position, for later reads
 * @param servedBy id of the node that had it
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredDocument(
    byte[] value,
    String contentType,
    String version,
    long timestamp,
    String position,
    String servedBy) {

  static StoredDocument of(Reply reply) {
    return new StoredDocument(
        reply.body(),
        reply.header("Content-Type"),
        reply.header("ETag").replace("\"", ""),
        reply.number("Weir-Timestamp"),
        reply.header("Weir-Position"),
        reply.header("Weir-Served-By"));
  }

  /** The value as JSON; a missing node if it is none. */
  public JsonNode json() {
    try {
      return Json.parse(value);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** The value as text in UTF-8. */
  public String text() {
    return new String(value, StandardCharsets.UTF_8);
  }
}
