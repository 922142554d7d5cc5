package dev.weir.store.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.SourceDefinition.KeyFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Makes document keys from record keys or from fields. Immutable; safe from any thread. */
final class RecordKeys {

  private final KeyCodec codec;
  private final KeyFormat format;
  private final List<String> fields;
  private final int maxBytes;

  RecordKeys(KeyCodec codec, KeyFormat format, List<String> fields, int maxBytes) {
    this.codec = codec;
    this.format = format;
    this.fields = fields;
    this.maxBytes = maxBytes;
  }

  /** The key that the bytes of a record key stand for. */
  Key fromRecordKey(byte[] raw) throws PoisonException {
    checkSize(raw.length);
    try {
      Key key =
          switch (format) {
            case TEXT -> codec.fromText(text(raw));
            case JSON -> codec.fromJson(RowJson.value(raw));
            case BINARY -> codec.encode(binary(raw));
          };
      checkSize(key.bytes().length);
      return key;
    } catch (InvalidKeyException e) {
      throw new PoisonException(PoisonReason.INVALID_KEY, "the record key: " + e.getMessage());
    } catch (IOException e) {
      throw new PoisonException(
          PoisonReason.INVALID_KEY,
          "the record key is not "
              + written()
              + ": declare the key as the topic writes it, text, json or binary");
    }
  }

  /** The key that the key fields of a value make. */
  Key fromFields(ObjectNode value) throws PoisonException {
    JsonNode json;
    if (codec.type() instanceof KeyType.Tuple) {
      ArrayNode parts = JsonNodeFactory.instance.arrayNode(fields.size());
      for (String field : fields) {
        parts.add(field(value, field));
      }
      json = parts;
    } else {
      json = field(value, fields.get(0));
    }
    try {
      Key key = codec.fromJson(json);
      checkSize(key.bytes().length);
      return key;
    } catch (InvalidKeyException e) {
      throw new PoisonException(
          PoisonReason.INVALID_KEY,
          "the key from " + String.join(", ", fields) + ": " + e.getMessage());
    }
  }

  /** Refuses keys above the limit. */
  void checkSize(int bytes) throws PoisonException {
    if (bytes > maxBytes) {
      throw new PoisonException(
          PoisonReason.TOO_LARGE, "the key has " + bytes + " bytes, the limit is " + maxBytes);
    }
  }

  private static JsonNode field(ObjectNode value, String field) throws PoisonException {
    JsonNode node = RowJson.get(value, field);
    if (node == null || node.isNull()) {
      throw new PoisonException(
          PoisonReason.MISSING_KEY_FIELD,
          "the key is taken from field '" + field + "', which this record does not have");
    }
    return node;
  }

  private Object binary(byte[] raw) throws IOException, InvalidKeyException {
    if (!(codec.type() instanceof KeyType.Scalar scalar)) {
      throw new IllegalStateException("binary keys of type " + codec.type().text());
    }
    return switch (scalar) {
      case STRING -> text(raw);
      case BYTES -> raw;
      case LONG -> {
        if (raw.length != Long.BYTES) {
          throw new InvalidKeyException("has " + raw.length + " bytes, a binary long has 8");
        }
        yield ByteBuffer.wrap(raw).getLong();
      }
      case UUID -> uuid(text(raw));
    };
  }

  private static UUID uuid(String text) throws InvalidKeyException {
    try {
      UUID uuid = UUID.fromString(text);
      if (uuid.toString().equalsIgnoreCase(text)) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      // Same answer as for a text that is only nearly canonical.
    }
    throw new InvalidKeyException("is not a UUID in canonical text");
  }

  private static String text(byte[] raw) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
  }

  private String written() {
    return switch (format) {
      case TEXT -> "text in UTF-8";
      case JSON -> "JSON";
      case BINARY -> "a " + codec.type().text() + " as Kafka's serializer writes it";
    };
  }
}
