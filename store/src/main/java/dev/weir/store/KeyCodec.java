package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Turns keys of one {@link KeyType} into their order-preserving encoding and back. Stateless; safe
 * from any thread.
 *
 * <p>Java values: String, Long (any integral {@link Number}), {@link java.util.UUID}, {@code
 * byte[]}, and {@code List<?>} of these for tuples. JSON: string, integer number, canonical text,
 * base64url text, array. Text (URLs, command line): the string itself, decimal, canonical text,
 * base64url, a JSON array.
 */
public interface KeyCodec {

  /** The codec of a key type. */
  static KeyCodec of(KeyType type) {
    return type instanceof KeyType.Tuple tuple
        ? new TupleCodec(tuple)
        : ScalarCodec.of((KeyType.Scalar) type);
  }

  /** The type it encodes. */
  KeyType type();

  /** Encodes a Java value. */
  Key encode(Object value) throws InvalidKeyException;

  /**
   * The Java value of an encoded key.
   *
   * @throws IllegalArgumentException if the bytes are no key of this type; so do {@link #toText}
   *     and {@link #toJson}
   */
  Object decode(Key key);

  /** Reads the textual form. */
  Key fromText(String text) throws InvalidKeyException;

  /** The textual form. */
  String toText(Key key);

  /** Reads the JSON form. */
  Key fromJson(JsonNode json) throws InvalidKeyException;

  /** The JSON form. */
  JsonNode toJson(Key key);

  /**
   * The encoded bytes that all keys with this prefix, and no others, start with: leading text of a
   * string, leading bytes, or a JSON array with the leading parts of a tuple (whose last part, if a
   * string, is taken whole).
   */
  byte[] prefix(String text) throws InvalidKeyException;
}
