package dev.weir.store.index;

import java.nio.ByteBuffer;

/**
 * Texts as bytes in the order of {@link dev.weir.store.ValueOrder#byCodePoints}: UTF-8, but for the
 * halves of pairs, which have three bytes each, so that halves without the other have their place
 * too. Ends are marked, and what is very long is cut.
 */
final class TextEncoding {
  /** Bytes of a text that count. */
  static final int MOST_BYTES = 1024;

  static final int WHOLE = 1;
  private static final int CUT = 2;
  private static final int ESCAPED = 0xff;

  private TextEncoding() {}

  /** Puts a text and its end. */
  static void put(String text, ByteSink out) {
    boolean whole = putStart(text, out);
    out.put(0);
    out.put(whole ? WHOLE : CUT);
  }

  /** Puts what all texts have in common that begin like this; false = it was cut. */
  static boolean putStart(String text, ByteSink out) {
    int left = MOST_BYTES;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int size = c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      // Cut between bytes, not between characters: order goes by bytes.
      for (int part = 0; part < size; part++) {
        if (left-- == 0) {
          return false;
        }
        out.put(part(c, size, part));
      }
      if (c == 0) {
        out.put(ESCAPED);
      }
    }
    return true;
  }

  private static int part(char c, int size, int part) {
    if (part > 0) {
      return 0x80 | ((c >> (6 * (size - 1 - part))) & 0x3f);
    }
    return switch (size) {
      case 1 -> c;
      case 2 -> 0xc0 | (c >> 6);
      // Halves of pairs stand behind everything else.
      default -> (Character.isSurrogate(c) ? 0xf0 : 0xe0) | (c >> 12);
    };
  }

  /** Reads what {@link #put} wrote; leaves the place behind it. */
  static Taken take(ByteBuffer in) {
    ByteSink bytes = new ByteSink(64);
    while (true) {
      int b = in.get() & 0xff;
      int end = b == 0 ? in.get() & 0xff : ESCAPED;
      if (end != ESCAPED) {
        return new Taken(decoded(bytes.toBytes()), end == WHOLE);
      }
      bytes.put(b);
    }
  }

  /** A character that was cut within is left out. */
  private static String decoded(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      int b = bytes[at] & 0xff;
      int size = b < 0x80 ? 1 : b < 0xe0 ? 2 : 3;
      if (at + size > bytes.length) {
        break;
      }
      int code = size == 1 ? b : size == 2 ? b & 0x1f : b < 0xf0 ? b & 0xf : 0xd;
      for (int part = 1; part < size; part++) {
        code = (code << 6) | (bytes[at + part] & 0x3f);
      }
      text.append((char) code);
      at += size;
    }
    return text.toString();
  }

  /** Passes over what {@link #take} reads. */
  static void skip(ByteBuffer in) {
    while (true) {
      if (in.get() == 0 && (in.get() & 0xff) != ESCAPED) {
        return;
      }
    }
  }

  /**
   * A text that was read.
   *
   * @param text as much of it as was put
   * @param whole whether that is all of it
   */
  record Taken(String text, boolean whole) {}
}
