package dev.weir.store.write;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outline of a JSON text: its objects and, as they were written, the names and values in them.
 * No library is asked, because its next release could read or write a number in another way, and
 * every replica must come to the same bytes.
 *
 * <p>Reads what {@code ValueFormat.accept} has taken; of anything else it makes something or
 * refuses it, always alike. Every byte is looked at a bounded number of times.
 */
final class JsonText {

  /** Objects within objects that are followed; about as much as a thread's stack bears for sure. */
  static final int MOST_DEPTH = 500;

  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final byte[] bytes;
  private int at;

  private JsonText(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A value: an {@link ObjectNode} or anything else. */
  interface Node {
    /** All of it, as it was written. */
    Slice text();
  }

  /**
   * A value that is looked at as text only.
   *
   * @param text as it was written
   */
  record RawNode(Slice text) implements Node {
    boolean isNull() {
      return text.isEqualTo(NULL);
    }

    boolean isList() {
      return text.bytes()[text.from()] == '[';
    }
  }

  /**
   * An object.
   *
   * @param text all of it, as it was written
   * @param members by name, in their order
   */
  record ObjectNode(Slice text, Map<String, Member> members) implements Node {}

  /**
   * A member of an object.
   *
   * @param name as it was written, with its quotes
   */
  record Member(Slice name, Node value) {}

  /** Bytes {@code from} to {@code to} of a text. */
  record Slice(byte[] bytes, int from, int to) {
    boolean isEqualTo(byte[] other) {
      return Arrays.equals(bytes, from, to, other, 0, other.length);
    }

    void writeTo(ByteArrayOutputStream out) {
      out.write(bytes, from, to - from);
    }

    String asWritten() {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
  }

  static Node read(byte[] json) throws UnmergeableException {
    JsonText text = new JsonText(json);
    Node node = text.value(0);
    text.skipSpace();
    if (text.at != json.length) {
      throw malformed();
    }
    return node;
  }

  /** The elements of a list. */
  static List<Node> elements(Slice list) throws UnmergeableException {
    List<Node> elements = new ArrayList<>();
    JsonText text = new JsonText(list.bytes());
    text.at = list.from() + 1;
    text.skipSpace();
    if (text.peek() != ']') {
      do {
        elements.add(text.value(0));
        text.skipSpace();
      } while (text.next() == ',');
    }
    return elements;
  }

  private Node value(int depth) throws UnmergeableException {
    skipSpace();
    if (peek() == '{') {
      return object(depth);
    }
    int from = at;
    skipValue();
    return new RawNode(new Slice(bytes, from, at));
  }

  private ObjectNode object(int depth) throws UnmergeableException {
    if (depth == MOST_DEPTH) {
      throw new UnmergeableException("objects are nested more than " + MOST_DEPTH + " deep");
    }
    int from = at++;
    Map<String, Member> members = new LinkedHashMap<>();
    skipSpace();
    if (peek() != '}') {
      do {
        skipSpace();
        int nameFrom = at;
        skipString();
        Slice name = new Slice(bytes, nameFrom, at);
        skipSpace();
        if (next() != ':') {
          throw malformed();
        }
        members.put(unquoted(name), new Member(name, value(depth + 1)));
        skipSpace();
      } while (next() == ',');
      at--;
    }
    if (next() != '}') {
      throw malformed();
    }
    return new ObjectNode(new Slice(bytes, from, at), members);
  }

  /** Passes an array or scalar; what is in an array is not looked at. */
  private void skipValue() throws UnmergeableException {
    if (peek() == '"') {
      skipString();
    } else if (peek() == '[') {
      int open = 0;
      do {
        byte b = peek();
        if (b == '"') {
          skipString();
          continue;
        }
        open += b == '[' || b == '{' ? 1 : b == ']' || b == '}' ? -1 : 0;
        at++;
      } while (open > 0);
    } else {
      int from = at;
      while (at < bytes.length && ",]}: \n\r\t\"{[".indexOf(bytes[at]) < 0) {
        at++;
      }
      if (at == from) {
        throw malformed();
      }
    }
  }

  private void skipString() throws UnmergeableException {
    if (next() != '"') {
      throw malformed();
    }
    for (byte b = next(); b != '"'; b = next()) {
      if (b == '\\') {
        at++;
      }
    }
  }

  private void skipSpace() {
    while (at < bytes.length && " \n\r\t".indexOf(bytes[at]) >= 0) {
      at++;
    }
  }

  private byte peek() throws UnmergeableException {
    if (at >= bytes.length) {
      throw malformed();
    }
    return bytes[at];
  }

  private byte next() throws UnmergeableException {
    byte b = peek();
    at++;
    return b;
  }

  /** The text that a string means: two ways to write it are one text. */
  static String unquoted(Slice quoted) throws UnmergeableException {
    String raw =
        new String(
            quoted.bytes(),
            quoted.from() + 1,
            quoted.to() - quoted.from() - 2,
            StandardCharsets.UTF_8);
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    int i = 0;
    while (i < raw.length()) {
      char c = raw.charAt(i);
      char kind = c == '\\' ? raw.charAt(i + 1) : 0;
      if (c != '\\') {
        text.append(c);
        i++;
      } else if (kind == 'u') {
        text.append(hex(raw, i + 2));
        i += 6;
      } else {
        int known = "bfnrt".indexOf(kind);
        text.append(known < 0 ? kind : "\b\f\n\r\t".charAt(known));
        i += 2;
      }
    }
    return text.toString();
  }

  private static char hex(String raw, int from) throws UnmergeableException {
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < raw.length() ? Character.digit(raw.charAt(i), 16) : -1;
      if (digit < 0) {
        throw malformed();
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private static UnmergeableException malformed() {
    return new UnmergeableException("it is not JSON");
  }
}
