package dev.weir.store.filter;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON text from its beginning on, as far as somebody wants to know it. What is passed over
 * is not checked; every byte is looked at a bounded number of times, however deep it is nested.
 */
final class JsonScan {
  /** Longer numbers are not taken as such: reading them takes the square of their length. */
  private static final int MOST_DIGITS = 1000;

  private static final int WHOLE_DIGITS = 18;

  private final byte[] json;
  private int at;

  JsonScan(byte[] json) {
    this.json = json;
  }

  /** The byte that a value begins with. */
  byte peek() throws MalformedJsonException {
    while (at < json.length && isSpace(json[at])) {
      at++;
    }
    if (at >= json.length) {
      throw new MalformedJsonException();
    }
    return json[at];
  }

  /** Steps over the byte that begins an object or a list. */
  void enter() {
    at++;
  }

  /** Steps over the end of an object or list if it is there. */
  boolean leave(char end) throws MalformedJsonException {
    if (peek() != end) {
      return false;
    }
    at++;
    return true;
  }

  /** Steps over a comma, true, or over the end. */
  boolean more(char end) throws MalformedJsonException {
    byte b = peek();
    at++;
    if (b != ',' && b != end) {
      throw new MalformedJsonException();
    }
    return b == ',';
  }

  /** Reads a member's name and the colon behind it; null = none that the node has. */
  FieldTree.@Nullable Node name(FieldTree.Node node) throws MalformedJsonException {
    if (peek() != '"') {
      throw new MalformedJsonException();
    }
    int from = at + 1;
    boolean plain = skipText();
    FieldTree.Node child =
        plain ? node.child(json, from, at - 1) : node.child(unescaped(from, at - 1));
    if (peek() != ':') {
      throw new MalformedJsonException();
    }
    at++;
    return child;
  }

  /** Reads any value; of a list, what is no list and no object. */
  @Nullable FieldValue value() throws MalformedJsonException {
    if (peek() != '[') {
      return scalar();
    }
    enter();
    List<@Nullable FieldValue> elements = new ArrayList<>();
    if (!leave(']')) {
      do {
        byte b = peek();
        if (b == '[' || b == '{') {
          skip();
        } else {
          elements.add(scalar());
        }
      } while (more(']'));
    }
    return new FieldValue.Elements(elements);
  }

  /** Passes over a value. */
  void skip() throws MalformedJsonException {
    byte b = peek();
    if (b == '"') {
      skipText();
    } else if (b == '{' || b == '[') {
      int open = 0;
      do {
        b = peek();
        if (b == '"') {
          skipText();
        } else {
          open += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
          at++;
        }
      } while (open > 0);
    } else {
      skipWord();
    }
  }

  private @Nullable FieldValue scalar() throws MalformedJsonException {
    byte b = peek();
    int from = at;
    if (b == '"') {
      boolean plain = skipText();
      return new FieldValue.Text(
          plain
              ? new String(json, from + 1, at - from - 2, StandardCharsets.UTF_8)
              : unescaped(from + 1, at - 1));
    }
    skipWord();
    return switch (b) {
      case 'n' -> null;
      case 't' -> new FieldValue.Flag(true);
      case 'f' -> new FieldValue.Flag(false);
      default -> number(from, at);
    };
  }

  private FieldValue number(int from, int to) throws MalformedJsonException {
    int start = json[from] == '-' ? from + 1 : from;
    if (to - start <= WHOLE_DIGITS) {
      long whole = 0;
      int i = start;
      while (i < to && json[i] >= '0' && json[i] <= '9') {
        whole = whole * 10 + (json[i++] - '0');
      }
      if (i == to && to > start) {
        return new FieldValue.Whole(start > from ? -whole : whole);
      }
    }
    if (to - from > MOST_DIGITS) {
      return FieldValue.OTHER;
    }
    if (to == start || json[start] < '0' || json[start] > '9') {
      throw new MalformedJsonException();
    }
    try {
      BigDecimal number = new BigDecimal(new String(json, from, to - from, StandardCharsets.UTF_8));
      return new FieldValue.Decimal(number);
    } catch (NumberFormatException e) {
      return FieldValue.OTHER; // an exponent beyond 32 bits
    }
  }

  /** Passes over a text in quotes; true if nothing in it is escaped. */
  private boolean skipText() throws MalformedJsonException {
    boolean plain = true;
    int i = at + 1;
    while (i < json.length && json[i] != '"') {
      if (json[i] == '\\') {
        plain = false;
        i++;
      }
      i++;
    }
    if (i >= json.length) {
      throw new MalformedJsonException();
    }
    at = i + 1;
    return plain;
  }

  private void skipWord() throws MalformedJsonException {
    int from = at;
    while (at < json.length && isOfWord(json[at])) {
      at++;
    }
    if (at == from) {
      throw new MalformedJsonException();
    }
  }

  private String unescaped(int from, int to) throws MalformedJsonException {
    String raw = new String(json, from, to - from, StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder(raw.length());
    int i = 0;
    while (i < raw.length()) {
      char c = raw.charAt(i);
      if (c != '\\') {
        text.append(c);
        i++;
      } else if (raw.charAt(i + 1) == 'u') {
        text.append(hex(raw, i + 2));
        i += 6;
      } else {
        int known = "bfnrt".indexOf(raw.charAt(i + 1));
        text.append(known < 0 ? raw.charAt(i + 1) : "\b\f\n\r\t".charAt(known));
        i += 2;
      }
    }
    return text.toString();
  }

  private static char hex(String raw, int from) throws MalformedJsonException {
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < raw.length() ? Character.digit(raw.charAt(i), 16) : -1;
      if (digit < 0) {
        throw new MalformedJsonException();
      }
      code = (code << 4) | digit;
    }
    return (char) code;
  }

  private static boolean isOfWord(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '.'
        || b == '-'
        || b == '+';
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
