package dev.weir.query.graphql;

import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** The scalars of the schema beside the language's own. */
final class Scalars {
  /** Any JSON value. */
  static final GraphQLScalarType JSON =
      scalar(
          "JSON",
          "Any JSON value (RFC 8259). Send documents in variables: their numbers are stored digit"
              + " by digit.",
          value -> value,
          value -> value);

  /** A 64-bit integer, out as decimal text, since JavaScript's numbers end at 2^53. */
  static final GraphQLScalarType LONG =
      scalar(
          "Long",
          "A signed 64-bit integer. Given as a decimal string, because numbers in JavaScript are"
              + " exact to 2^53 only; accepted as a string or an integer.",
          Scalars::toLong,
          Object::toString);

  /** A UUID in its canonical text. */
  static final GraphQLScalarType UUID_TEXT =
      scalar(
          "UUID",
          "A UUID (RFC 9562) in its canonical form of 36 characters.",
          Scalars::toUuid,
          Object::toString);

  /** Bytes as base64url. */
  static final GraphQLScalarType BYTES =
      scalar(
          "Bytes",
          "Bytes in base64url (RFC 4648) without padding.",
          Scalars::toBytes,
          value -> text((byte[]) value));

  /** The parts of a tuple key. */
  static final GraphQLScalarType TUPLE =
      scalar(
          "Tuple",
          "The parts of a key, in a list: strings, and 64-bit integers as strings or integers. The"
              + " description of the argument names the types of the parts.",
          Scalars::toList,
          value -> value);

  private Scalars() {}

  private static GraphQLScalarType scalar(
      String name, String description, ScalarCoercing.Input in, ScalarCoercing.Output out) {
    return GraphQLScalarType.newScalar()
        .name(name)
        .description(description)
        .coercing(new ScalarCoercing(name, in, out))
        .build();
  }

  /**
   * A 64-bit integer from a number or decimal text.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Long toLong(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return ((Number) value).longValue();
    }
    if (value instanceof BigInteger big && big.bitLength() < Long.SIZE) {
      return big.longValue();
    }
    if (value instanceof BigDecimal decimal) {
      return exact(decimal);
    }
    if (value instanceof String text && !text.startsWith("+")) {
      return Long.valueOf(text);
    }
    throw new IllegalArgumentException("not a 64-bit integer");
  }

  private static Long exact(BigDecimal decimal) {
    try {
      return decimal.longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("not a 64-bit integer", e);
    }
  }

  static UUID toUuid(Object value) {
    if (value instanceof UUID uuid) {
      return uuid;
    }
    if (value instanceof String text && text.length() == 36) {
      return UUID.fromString(text);
    }
    throw new IllegalArgumentException("not a UUID");
  }

  /** Bytes as base64url. */
  static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] toBytes(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    if (value instanceof String text) {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (text(bytes).equals(text)) {
        return bytes;
      }
    }
    throw new IllegalArgumentException("not base64url");
  }

  private static List<?> toList(Object value) {
    if (value instanceof List<?> parts && !parts.isEmpty()) {
      return parts;
    }
    throw new IllegalArgumentException("not a list of parts");
  }
}
