package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;

/** Text as its UTF-8 bytes, whose unsigned order is the order of the code points. */
final class StringCodec implements ScalarCodec {

  static final ScalarCodec INSTANCE = new StringCodec();

  private StringCodec() {}

  @Override
  public KeyType type() {
    return KeyType.Scalar.STRING;
  }

  @Override
  public int fixedSize() {
    return -1;
  }

  @Override
  public byte[] raw(Object value) throws InvalidKeyException {
    if (value instanceof String text) {
      return utf8(text);
    }
    throw Unfit.type(value, "a string key", "give a String");
  }

  @Override
  public Object value(byte[] raw) {
    return Utf8.decode(raw)
        .orElseThrow(() -> new IllegalArgumentException("a string key that is not UTF-8"));
  }

  @Override
  public Object valueOf(JsonNode json) throws InvalidKeyException {
    if (!json.isTextual()) {
      throw Unfit.json(json, "a string key", "give a JSON string such as \"a-17\"");
    }
    return json.textValue();
  }

  @Override
  public JsonNode json(Object value) {
    return TextNode.valueOf((String) value);
  }

  @Override
  public Key fromText(String text) throws InvalidKeyException {
    return Key.ofEncoded(utf8(text));
  }

  @Override
  public String toText(Key key) {
    return (String) value(key.bytes());
  }

  @Override
  public byte[] prefix(String text) throws InvalidKeyException {
    return utf8(text);
  }

  private static byte[] utf8(String text) throws InvalidKeyException {
    int lone = Utf8.loneSurrogate(text);
    if (lone >= 0) {
      throw new InvalidKeyException(
          "the key "
              + Unfit.excerpt(text)
              + " has half a character (the lone surrogate "
              + String.format("U+%04X", (int) text.charAt(lone))
              + ") at index "
              + lone
              + ": send the whole surrogate pair, or leave it out");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
