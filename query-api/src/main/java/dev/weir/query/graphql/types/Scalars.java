package dev.weir.query.graphql.types;

import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** The scalars of the schema beside the language's own. */
public final class Scalars {
  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern DECIMALS =
      Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,9})?");

  /** More than any number that means something has. */
  private static final int MOST_DIGITS = 1_000;

  /** Any JSON value. */
  public static final GraphQLScalarType JSON =
      scalar(
          "JSON",
          "Any JSON value (RFC 8259). Send documents in variables: their numbers are stored digit"
              + " by digit.",
          value -> value,
          value -> value);

  /** A 64-bit integer, out as decimal text, since JavaScript's numbers end at 2^53. */
  public static final GraphQLScalarType LONG =
      scalar(
          "Long",
          "A signed 64-bit integer. Given as a decimal string, because numbers in JavaScript are"
              + " exact to 2^53 only; accepted as a string or an integer.",
          Scalars::toLong,
          Object::toString);

  /** A UUID in its canonical text, which documents may have in capitals. */
  static final GraphQLScalarType UUID_TEXT =
      scalar(
          "UUID",
          "A UUID (RFC 9562) in its canonical form of 36 characters.",
          value -> checked(value, value instanceof String text && isUuid(text)),
          Object::toString);

  /** A point in time, as text that stays what it is. */
  static final GraphQLScalarType DATE_TIME =
      scalar(
          "DateTime",
          "A point in time (RFC 3339), such as 2026-08-01T12:00:00Z: as it is stored, in whichever"
              + " zone. Compared and put in order as text, so write all in one zone and precision.",
          value -> checked(value, value instanceof String text && Rfc3339.isDateTime(text)),
          value -> value);

  /** A day, as text. */
  static final GraphQLScalarType DATE =
      scalar(
          "Date",
          "A day (RFC 3339, full-date), such as 2026-08-01.",
          value -> checked(value, value instanceof String text && Rfc3339.isDate(text)),
          value -> value);

  /** A number of any size and precision, out as text. */
  static final GraphQLScalarType DECIMAL =
      scalar(
          "Decimal",
          "An exact decimal number of any size. Given as a string with the digits that are stored,"
              + " because numbers in JavaScript have 15 of them; accepted as a string or a number.",
          Scalars::toDecimal,
          Object::toString);

  /** Bytes as base64url. */
  static final GraphQLScalarType BYTES =
      scalar(
          "Bytes",
          "Bytes in base64url (RFC 4648) without padding.",
          Scalars::toBytes,
          value -> text((byte[]) value));

  /** The parts of a tuple key. */
  public static final GraphQLScalarType TUPLE =
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

  private static BigDecimal toDecimal(Object value) {
    String text = value instanceof String || value instanceof Number ? value.toString() : "";
    if (text.length() > MOST_DIGITS || !DECIMALS.matcher(text).matches()) {
      throw new IllegalArgumentException("not a decimal number");
    }
    return new BigDecimal(text); // throws for exponents beyond it
  }

  private static Object checked(Object value, boolean fits) {
    if (fits) {
      return value;
    }
    throw new IllegalArgumentException("not of this form");
  }

  /** Whether a text is a UUID in its canonical form, in small letters or capitals. */
  static boolean isUuid(String text) {
    return UUIDS.matcher(text).matches();
  }

  static UUID toUuid(Object value) {
    if (value instanceof UUID uuid) {
      return uuid;
    }
    if (value instanceof String text && isUuid(text)) {
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
