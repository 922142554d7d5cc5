package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;

/** A UUID as its 16 bytes, in their unsigned order, which is not that of {@link UUID#compareTo}. */
final class UuidCodec implements ScalarCodec {

  static final ScalarCodec INSTANCE = new UuidCodec();
  private static final int SIZE = 2 * Long.BYTES;
  private static final String ADVICE =
      "give it as text such as 018f3c6e-7d1a-7c3b-9f2e-5a4b3c2d1e0f";

  private UuidCodec() {}

  @Override
  public KeyType type() {
    return KeyType.Scalar.UUID;
  }

  @Override
  public int fixedSize() {
    return SIZE;
  }

  @Override
  public byte[] raw(Object value) throws InvalidKeyException {
    if (value instanceof UUID uuid) {
      return ByteBuffer.allocate(SIZE)
          .putLong(uuid.getMostSignificantBits())
          .putLong(uuid.getLeastSignificantBits())
          .array();
    }
    throw Unfit.type(value, "a uuid key", "give a java.util.UUID");
  }

  @Override
  public Object value(byte[] raw) {
    if (raw.length != SIZE) {
      throw new IllegalArgumentException("a uuid key has 16 bytes, not " + raw.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(raw);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  @Override
  public Object valueOf(JsonNode json) throws InvalidKeyException {
    if (!json.isTextual()) {
      throw Unfit.json(json, "a uuid key", ADVICE);
    }
    return parse(json.textValue());
  }

  @Override
  public JsonNode json(Object value) {
    return TextNode.valueOf(value.toString());
  }

  @Override
  public Key fromText(String text) throws InvalidKeyException {
    return encode(parse(text));
  }

  @Override
  public String toText(Key key) {
    return decode(key).toString();
  }

  @Override
  public byte[] prefix(String text) throws InvalidKeyException {
    throw new InvalidKeyException("uuid keys have no prefixes: ask for a range with from and to");
  }

  private static UUID parse(String text) throws InvalidKeyException {
    try {
      UUID uuid = UUID.fromString(text);
      // The parser also takes shortened groups; RFC 9562 lets readers take capitals.
      if (uuid.toString().equals(text.toLowerCase(Locale.ROOT))) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one message
    }
    throw Unfit.text(text, "a uuid key", ADVICE);
  }
}
