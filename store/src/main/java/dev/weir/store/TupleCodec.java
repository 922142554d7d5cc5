package dev.weir.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Parts one after the other. A part of fixed size stands as it is; in others {@code 00} becomes
 * {@code 00 FF}, and {@code 00 01} ends them.
 *
 * <p>Why the order is right: an end marker is below every byte that could go on in its place,
 * because the only other byte that can follow {@code 00} is {@code FF}. For the same reason no part
 * is a prefix of another one, so leading parts are a prefix of exactly the keys that begin with
 * them.
 */
final class TupleCodec implements KeyCodec {

  private static final byte ZERO = 0;
  private static final byte END = 1;
  private static final byte ESCAPED = (byte) 0xff;

  private final KeyType.Tuple type;
  private final List<ScalarCodec> parts;

  TupleCodec(KeyType.Tuple type) {
    this.type = type;
    this.parts = type.parts().stream().map(ScalarCodec::of).toList();
  }

  @Override
  public KeyType type() {
    return type;
  }

  @Override
  public Key encode(Object value) throws InvalidKeyException {
    if (!(value instanceof List<?> values)) {
      throw Unfit.type(value, "a key of type " + type.text(), "give a List of the parts");
    }
    if (values.size() != parts.size()) {
      throw wrongSize(values.size());
    }
    return Key.ofEncoded(leading(values));
  }

  @Override
  public List<Object> decode(Key key) {
    byte[] bytes = key.bytes();
    List<Object> values = new ArrayList<>(parts.size());
    int at = 0;
    for (ScalarCodec part : parts) {
      int end = part.fixedSize() < 0 ? end(type.text(), bytes, at) : at + part.fixedSize();
      if (end > bytes.length) {
        throw new IllegalArgumentException("a key of type " + type.text() + " that is cut short");
      }
      byte[] raw = Arrays.copyOfRange(bytes, at, end);
      values.add(part.value(part.fixedSize() < 0 ? unescape(raw) : raw));
      at = end;
    }
    if (at != bytes.length) {
      throw new IllegalArgumentException("bytes behind the end of a key of type " + type.text());
    }
    return values;
  }

  @Override
  public Key fromText(String text) throws InvalidKeyException {
    return fromJson(parse(text));
  }

  @Override
  public String toText(Key key) {
    return toJson(key).toString();
  }

  @Override
  public Key fromJson(JsonNode json) throws InvalidKeyException {
    List<Object> values = values(json);
    if (values.size() != parts.size()) {
      throw wrongSize(values.size());
    }
    return Key.ofEncoded(leading(values));
  }

  @Override
  public JsonNode toJson(Key key) {
    List<Object> values = decode(key);
    ArrayNode array = JsonNodeFactory.instance.arrayNode(values.size());
    for (int i = 0; i < values.size(); i++) {
      array.add(parts.get(i).json(values.get(i)));
    }
    return array;
  }

  @Override
  public byte[] prefix(String text) throws InvalidKeyException {
    return leading(values(parse(text)));
  }

  private JsonNode parse(String text) throws InvalidKeyException {
    try {
      JsonNode json = JsonTrees.MAPPER.readTree(text);
      if (!json.isMissingNode()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // falls through to the one message
    }
    throw Unfit.text(text, "a key of type " + type.text(), advice());
  }

  private List<Object> values(JsonNode json) throws InvalidKeyException {
    if (!json.isArray()) {
      throw Unfit.json(json, "a key of type " + type.text(), advice());
    }
    if (json.size() > parts.size()) {
      throw wrongSize(json.size());
    }
    List<Object> values = new ArrayList<>(json.size());
    for (int i = 0; i < json.size(); i++) {
      try {
        values.add(parts.get(i).valueOf(json.get(i)));
      } catch (InvalidKeyException e) {
        throw inPart(i, e);
      }
    }
    return values;
  }

  private byte[] leading(List<?> values) throws InvalidKeyException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    for (int i = 0; i < values.size(); i++) {
      ScalarCodec part = parts.get(i);
      try {
        byte[] raw = part.raw(values.get(i));
        if (part.fixedSize() < 0) {
          writeEscaped(raw, out);
        } else {
          out.writeBytes(raw);
        }
      } catch (InvalidKeyException e) {
        throw inPart(i, e);
      }
    }
    return out.toByteArray();
  }

  private static void writeEscaped(byte[] raw, ByteArrayOutputStream out) {
    for (byte b : raw) {
      out.write(b);
      if (b == ZERO) {
        out.write(ESCAPED);
      }
    }
    out.write(ZERO);
    out.write(END);
  }

  /** Where the escaped part that begins at {@code at} ends, behind its end marker. */
  private static int end(String type, byte[] bytes, int at) {
    for (int i = at; i + 1 < bytes.length; i++) {
      if (bytes[i] == ZERO) {
        if (bytes[i + 1] == END) {
          return i + 2;
        }
        if (bytes[i + 1] != ESCAPED) {
          break;
        }
        i++;
      }
    }
    throw new IllegalArgumentException("a key of type " + type + " with a part that never ends");
  }

  private static byte[] unescape(byte[] escaped) {
    byte[] raw = new byte[escaped.length - 2];
    int size = 0;
    for (int i = 0; i < escaped.length - 2; i++) {
      raw[size++] = escaped[i];
      if (escaped[i] == ZERO) {
        i++;
      }
    }
    return Arrays.copyOf(raw, size);
  }

  /** The scalars that a key of a type is made of. */
  static List<KeyType.Scalar> parts(KeyType type) {
    return type instanceof KeyType.Tuple tuple ? tuple.parts() : List.of((KeyType.Scalar) type);
  }

  /**
   * Where, in the bytes of a tuple, the parts end that a key of {@code type} makes of it.
   *
   * @param at where they begin
   * @throws IllegalArgumentException if the bytes are cut short
   */
  static int end(KeyType type, byte[] bytes, int at) {
    if (type instanceof KeyType.Scalar scalar) {
      return end(scalar, type, bytes, at);
    }
    int end = at;
    for (KeyType.Scalar part : ((KeyType.Tuple) type).parts()) {
      end = end(part, type, bytes, end);
    }
    return end;
  }

  private static int end(KeyType.Scalar part, KeyType type, byte[] bytes, int at) {
    int size = ScalarCodec.of(part).fixedSize();
    int end = size < 0 ? end(type.text(), bytes, at) : at + size;
    if (end > bytes.length) {
      throw new IllegalArgumentException("a key with a " + type.text() + " that is cut short");
    }
    return end;
  }

  /** What a key of a type by itself looks like as leading parts of a tuple. */
  static byte[] part(KeyType type, byte[] key) {
    if (type instanceof KeyType.Tuple || ScalarCodec.of((KeyType.Scalar) type).fixedSize() >= 0) {
      return key;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(key.length + 2);
    writeEscaped(key, out);
    return out.toByteArray();
  }

  /** The reverse of {@link #part}. */
  static byte[] alone(KeyType type, byte[] part) {
    return type instanceof KeyType.Tuple || ScalarCodec.of((KeyType.Scalar) type).fixedSize() >= 0
        ? part
        : unescape(part);
  }

  private InvalidKeyException wrongSize(int size) {
    return new InvalidKeyException(
        "a key of type "
            + type.text()
            + " has "
            + parts.size()
            + " parts, not "
            + size
            + ": "
            + advice());
  }

  private static InvalidKeyException inPart(int index, InvalidKeyException e) {
    return new InvalidKeyException("part " + (index + 1) + " of the key: " + e.getMessage());
  }

  private String advice() {
    return "give a JSON array with the parts in this order, text in quotes";
  }
}
