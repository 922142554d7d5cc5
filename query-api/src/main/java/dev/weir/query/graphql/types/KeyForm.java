package dev.weir.query.graphql.types;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import graphql.schema.GraphQLScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A collection's keys as the schema has them. Safe from any thread. */
public final class KeyForm {
  private final KeyType type;
  private final KeyCodec codec;

  KeyForm(KeyType type) {
    this.type = type;
    this.codec = KeyCodec.of(type);
  }

  /** The scalar of keys. */
  public GraphQLScalarType scalar() {
    return type instanceof KeyType.Scalar scalar ? scalar(scalar) : Scalars.TUPLE;
  }

  /** The scalar of prefixes; empty if keys of this type have none. */
  public Optional<GraphQLScalarType> prefixScalar() {
    return type == KeyType.Scalar.LONG || type == KeyType.Scalar.UUID
        ? Optional.empty()
        : Optional.of(scalar());
  }

  /** The key of a value that {@link #scalar} has read. */
  public Key key(Object value) throws InvalidKeyException {
    if (type instanceof KeyType.Tuple tuple) {
      return codec.encode(parts(tuple, value));
    }
    return codec.encode(type == KeyType.Scalar.UUID ? Scalars.toUuid(value) : value);
  }

  /** The key of a plain Java value of JSON. */
  public Key read(Object value) throws InvalidKeyException {
    if (!(type instanceof KeyType.Tuple)) {
      return codec.encode(part((KeyType.Scalar) type, value, 0));
    }
    if (value instanceof List<?>) {
      return key(value);
    }
    throw new InvalidKeyException("a key of type " + type.text() + " is a list of its parts");
  }

  /** The value of a key that came from the store. */
  public Object value(Key key) {
    Object value = codec.decode(key);
    if (!(type instanceof KeyType.Tuple)) {
      return value;
    }
    List<Object> texts = new ArrayList<>();
    for (Object part : (List<?>) value) {
      texts.add(part instanceof byte[] bytes ? Scalars.text(bytes) : part.toString());
    }
    return texts;
  }

  /** Whether bytes from outside are a key of this type. */
  public boolean isKey(Key key) {
    try {
      return codec.encode(codec.decode(key)).equals(key);
    } catch (InvalidKeyException | IllegalArgumentException e) {
      return false;
    }
  }

  /** The bytes that all keys with a prefix start with. */
  public byte[] prefix(Object value) throws InvalidKeyException {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    if (!(type instanceof KeyType.Tuple tuple)) {
      return codec.prefix((String) value);
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    List<Object> parts = parts(tuple, value);
    for (int i = 0; i < parts.size(); i++) {
      Object part = parts.get(i);
      if (part instanceof Long number) {
        array.add(number);
      } else {
        array.add(part instanceof byte[] bytes ? Scalars.text(bytes) : part.toString());
      }
    }
    return codec.prefix(array.toString());
  }

  /** The parts as the codec wants them; parts beyond the type are left to its refusal. */
  private static List<Object> parts(KeyType.Tuple tuple, Object value) throws InvalidKeyException {
    List<Object> parts = new ArrayList<>();
    List<?> given = (List<?>) value;
    for (int i = 0; i < given.size(); i++) {
      Object part = given.get(i);
      KeyType.Scalar type = i < tuple.parts().size() ? tuple.parts().get(i) : KeyType.Scalar.STRING;
      parts.add(part(type, part, i));
    }
    return parts;
  }

  private static Object part(KeyType.Scalar type, @Nullable Object part, int index)
      throws InvalidKeyException {
    try {
      if (part == null) {
        throw new IllegalArgumentException("null");
      }
      return switch (type) {
        case STRING -> toText(part);
        case LONG -> Scalars.toLong(part);
        case UUID -> Scalars.toUuid(part);
        case BYTES -> Scalars.toBytes(part);
      };
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException(
          "part " + (index + 1) + " of the key is not of type " + type.text());
    }
  }

  private static String toText(Object part) {
    if (part instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("not text");
  }

  private static GraphQLScalarType scalar(KeyType.Scalar type) {
    return switch (type) {
      case STRING -> graphql.Scalars.GraphQLString;
      case LONG -> Scalars.LONG;
      case UUID -> Scalars.UUID_TEXT;
      case BYTES -> Scalars.BYTES;
    };
  }
}
