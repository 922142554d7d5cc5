package dev.weir.store.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads JSON values field by field without changing what their numbers say. Thread-safe. */
final class RowJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);
  private static final ObjectWriter WRITER = MAPPER.writer();

  private RowJson() {}

  /** Reads any JSON value; exactly one. */
  static JsonNode value(byte[] json) throws IOException {
    JsonNode node = READER.readValue(json);
    if (node == null || node.isMissingNode()) {
      throw new IOException("there is no JSON value");
    }
    return node;
  }

  /** Reads a JSON object. */
  static ObjectNode object(byte[] json) throws PoisonException {
    JsonNode node;
    try {
      node = value(json);
    } catch (IOException e) {
      throw new PoisonException(PoisonReason.INVALID_VALUE, "the value is not JSON: " + why(e));
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new PoisonException(
        PoisonReason.INVALID_VALUE,
        "the value is a JSON "
            + node.getNodeType().name().toLowerCase(Locale.ROOT)
            + ", and the mapping of this source needs an object");
  }

  static byte[] bytes(JsonNode node) {
    try {
      return WRITER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree in memory cannot be written", e);
    }
  }

  /** The field of this name, else the field at this path with dots; null if there is none. */
  static @Nullable JsonNode get(JsonNode object, String path) {
    JsonNode whole = object.get(path);
    if (whole != null) {
      return whole;
    }
    int dot = path.indexOf('.');
    if (dot < 0) {
      return null;
    }
    JsonNode head = object.get(path.substring(0, dot));
    return head == null ? null : get(head, path.substring(dot + 1));
  }

  /** What a reader complains about, in one line and without quoting the source. */
  static String why(IOException e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
