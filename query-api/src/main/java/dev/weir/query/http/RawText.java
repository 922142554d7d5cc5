package dev.weir.query.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes percent-encoded text exactly once and strictly: text in URLs is data. */
final class RawText {
  /** What a lenient reader puts in place of broken UTF-8. */
  private static final int REPLACEMENT = 0xFFFD;

  private RawText() {}

  /**
   * The text behind percent-encoded UTF-8.
   *
   * @param plusIsSpace whether {@code +} stands for a space, as in queries
   * @throws ProblemException if an escape is broken or the bytes are not UTF-8
   */
  static String decode(String raw, boolean plusIsSpace) throws ProblemException {
    if (raw.indexOf('%') < 0 && !(plusIsSpace && raw.indexOf('+') >= 0) && isAscii(raw)) {
      return raw;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length() * 2);
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      if (c == '%') {
        bytes.write(escape(raw, i));
        i += 3;
      } else {
        bytes.writeBytes(plain(c == '+' && plusIsSpace ? ' ' : c));
        i += Character.charCount(c);
      }
    }
    return utf8(bytes.toByteArray());
  }

  /** Clients on a command line send characters beyond ASCII unencoded; the server reads UTF-8. */
  private static byte[] plain(int c) throws ProblemException {
    if (c == REPLACEMENT || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw malformed("The URL holds bytes that are not UTF-8; percent-encode the key.");
    }
    return Character.toString(c).getBytes(StandardCharsets.UTF_8);
  }

  private static int escape(String raw, int at) throws ProblemException {
    int high = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
    int low = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw malformed(
          "The URL holds a percent sign that two hexadecimal digits do not follow; write %25.");
    }
    return high << 4 | low;
  }

  private static String utf8(byte[] bytes) throws ProblemException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("The URL's escapes are not UTF-8.");
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
  }
}
