package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Any bytes; as JSON a base64 string. */
final class BytesFormat implements ValueFormat {

  @Override
  public String name() {
    return "bytes";
  }

  @Override
  public String contentType() {
    return "application/octet-stream";
  }

  @Override
  public byte[] accept(byte[] raw) {
    return raw;
  }

  @Override
  public byte[] toJson(byte[] stored) {
    String text = Base64.getEncoder().encodeToString(stored);
    return ('"' + text + '"').getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] fromJson(byte[] json) throws InvalidValueException {
    JsonNode tree = JsonTrees.value(json);
    try {
      if (tree.isTextual()) {
        return Base64.getDecoder().decode(tree.textValue());
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one message
    }
    throw new InvalidValueException("not a JSON string in base64: give one such as \"AQL/\"");
  }
}
