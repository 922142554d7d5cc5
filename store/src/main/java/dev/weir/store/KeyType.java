package dev.weir.store;

import java.util.List;

/**
 * The type of a collection's keys; fixed for the life of the collection.
 *
 * <p>The encoding of every type is order preserving: comparing two encoded keys as unsigned bytes
 * gives the order of the values. Textual form: {@code string}, {@code long}, {@code uuid}, {@code
 * bytes}, {@code tuple(string,long)}.
 */
public sealed interface KeyType permits KeyType.Scalar, KeyType.Tuple {

  /** A key of one part. */
  enum Scalar implements KeyType {
    /** Unicode text in UTF-8, ordered by code point; lone surrogates are refused. */
    STRING,
    /** Signed 64-bit integer. */
    LONG,
    /** RFC 9562 identifier, ordered by its 16 bytes, unsigned. */
    UUID,
    /** Raw bytes; base64url without padding in text. */
    BYTES;

    @Override
    public String text() {
      return switch (this) {
        case STRING -> "string";
        case LONG -> "long";
        case UUID -> "uuid";
        case BYTES -> "bytes";
      };
    }
  }

  /**
   * A key of several parts, ordered by the first, then the second, and so on.
   *
   * @param parts 1 to 16 scalars
   */
  record Tuple(List<Scalar> parts) implements KeyType {
    /** Most parts. */
    public static final int MOST_PARTS = 16;

    public Tuple {
      parts = List.copyOf(parts);
      if (parts.isEmpty() || parts.size() > MOST_PARTS) {
        throw new IllegalArgumentException("a tuple key has 1 to 16 parts, not " + parts.size());
      }
    }

    @Override
    public String text() {
      return "tuple(" + String.join(",", parts.stream().map(Scalar::text).toList()) + ")";
    }
  }

  /** The textual form; {@link #parse} reads it back. */
  String text();

  /**
   * Reads the textual form.
   *
   * @throws IllegalArgumentException with the accepted forms, if {@code text} is none of them
   */
  static KeyType parse(String text) {
    String form = text.replace(" ", "");
    if (form.startsWith("tuple(") && form.endsWith(")")) {
      String inner = form.substring("tuple(".length(), form.length() - 1);
      return new Tuple(List.of(inner.split(",", -1)).stream().map(KeyType::scalar).toList());
    }
    return scalar(form);
  }

  private static Scalar scalar(String text) {
    for (Scalar scalar : Scalar.values()) {
      if (scalar.text().equals(text)) {
        return scalar;
      }
    }
    throw new IllegalArgumentException(
        "unknown key type '" + text + "': use string, long, uuid, bytes or tuple(<type>,<type>)");
  }
}
