package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/** A number as 8 bytes, big-endian, with the sign bit flipped so that negative ones come first. */
final class LongCodec implements ScalarCodec {

  static final ScalarCodec INSTANCE = new LongCodec();
  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final String ADVICE =
      "give an integer from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;

  private LongCodec() {}

  @Override
  public KeyType type() {
    return KeyType.Scalar.LONG;
  }

  @Override
  public int fixedSize() {
    return Long.BYTES;
  }

  @Override
  public byte[] raw(Object value) throws InvalidKeyException {
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return raw(((Number) value).longValue());
    }
    if (value instanceof BigInteger big) {
      if (big.bitLength() < Long.SIZE) {
        return raw(big.longValue());
      }
      throw Unfit.text(big.toString(), "a long key", ADVICE);
    }
    throw Unfit.type(value, "a long key", "give a Long");
  }

  private static byte[] raw(long value) {
    byte[] raw = new byte[Long.BYTES];
    BIG_ENDIAN.set(raw, 0, value ^ Long.MIN_VALUE);
    return raw;
  }

  @Override
  public Object value(byte[] raw) {
    return number(raw);
  }

  private static long number(byte[] raw) {
    if (raw.length != Long.BYTES) {
      throw new IllegalArgumentException("a long key has 8 bytes, not " + raw.length);
    }
    return (long) BIG_ENDIAN.get(raw, 0) ^ Long.MIN_VALUE;
  }

  @Override
  public Object valueOf(JsonNode json) throws InvalidKeyException {
    if (!json.isIntegralNumber() || !json.canConvertToLong()) {
      throw Unfit.json(json, "a long key", ADVICE + " as a JSON number");
    }
    return json.longValue();
  }

  @Override
  public JsonNode json(Object value) {
    return LongNode.valueOf((Long) value);
  }

  @Override
  public Key fromText(String text) throws InvalidKeyException {
    long number;
    try {
      number = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Unfit.text(text, "a long key", ADVICE);
    }
    // One key, one text: the parser also takes signs, leading zeros and the digits of other
    // scripts.
    if (!isPlain(text)) {
      throw Unfit.text(text, "a long key in its plain form", "write " + number);
    }
    return Key.ofEncoded(raw(number));
  }

  @Override
  public String toText(Key key) {
    return Long.toString(number(key.bytes()));
  }

  @Override
  public byte[] prefix(String text) throws InvalidKeyException {
    throw new InvalidKeyException("long keys have no prefixes: ask for a range with from and to");
  }

  /** Whether a text that is a number is written as {@link Long#toString(long)} writes it. */
  private static boolean isPlain(String text) {
    int start = text.charAt(0) == '-' ? 1 : 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return text.charAt(start) != '0' || text.length() == 1;
  }
}
