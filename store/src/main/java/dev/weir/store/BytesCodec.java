package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Base64;

/** Bytes as they are. */
final class BytesCodec implements ScalarCodec {

  static final ScalarCodec INSTANCE = new BytesCodec();
  private static final String ADVICE = "give base64url without padding such as AQL_";

  private BytesCodec() {}

  @Override
  public KeyType type() {
    return KeyType.Scalar.BYTES;
  }

  @Override
  public int fixedSize() {
    return -1;
  }

  @Override
  public byte[] raw(Object value) throws InvalidKeyException {
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    throw Unfit.type(value, "a bytes key", "give a byte[]");
  }

  @Override
  public Object value(byte[] raw) {
    return raw.clone();
  }

  @Override
  public Object valueOf(JsonNode json) throws InvalidKeyException {
    if (!json.isTextual()) {
      throw Unfit.json(json, "a bytes key", ADVICE + " as a JSON string");
    }
    return parse(json.textValue());
  }

  @Override
  public JsonNode json(Object value) {
    return TextNode.valueOf(text((byte[]) value));
  }

  @Override
  public Key fromText(String text) throws InvalidKeyException {
    return Key.ofEncoded(parse(text));
  }

  @Override
  public String toText(Key key) {
    return text(key.bytes());
  }

  @Override
  public byte[] prefix(String text) throws InvalidKeyException {
    return parse(text);
  }

  private static byte[] parse(String text) throws InvalidKeyException {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw Unfit.text(text, "a bytes key", ADVICE);
    }
    // One key, one text: the decoder also takes padding and stray low bits in the last character.
    if (!text(bytes).equals(text)) {
      throw Unfit.text(text, "a bytes key in its plain form", "write " + text(bytes));
    }
    return bytes;
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
