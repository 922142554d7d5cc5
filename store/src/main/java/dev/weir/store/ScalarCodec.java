package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The codec of one scalar: a key of its own, or a part of a tuple.
 *
 * <p>The raw encoding of a scalar has a fixed size, or is escaped by the tuple it is in.
 */
sealed interface ScalarCodec extends KeyCodec
    permits StringCodec, LongCodec, UuidCodec, BytesCodec {

  /** The codec of a scalar. */
  static ScalarCodec of(KeyType.Scalar scalar) {
    return switch (scalar) {
      case STRING -> StringCodec.INSTANCE;
      case LONG -> LongCodec.INSTANCE;
      case UUID -> UuidCodec.INSTANCE;
      case BYTES -> BytesCodec.INSTANCE;
    };
  }

  /** Bytes of every raw encoding; -1 = they differ. */
  int fixedSize();

  /** The raw encoding of a Java value. */
  byte[] raw(Object value) throws InvalidKeyException;

  /**
   * The Java value of a raw encoding.
   *
   * @throws IllegalArgumentException if it is not one
   */
  Object value(byte[] raw);

  /** The Java value of a JSON value. */
  Object valueOf(JsonNode json) throws InvalidKeyException;

  /** The JSON value of a Java value that {@link #value} gave. */
  JsonNode json(Object value);

  @Override
  default Key encode(Object value) throws InvalidKeyException {
    return Key.ofEncoded(raw(value));
  }

  @Override
  default Object decode(Key key) {
    return value(key.bytes());
  }

  @Override
  default Key fromJson(JsonNode json) throws InvalidKeyException {
    return encode(valueOf(json));
  }

  @Override
  default JsonNode toJson(Key key) {
    return json(decode(key));
  }
}
