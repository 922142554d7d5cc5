package dev.weir.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Strict UTF-8: what the JDK would replace silently is refused. */
final class Utf8 {

  private Utf8() {}

  /** The text of the bytes; empty if they are not UTF-8. */
  static Optional<String> decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    // The lenient decoder is by far the faster one and marks every fault with U+FFFD.
    return text.indexOf('\uFFFD') < 0 || isStrict(bytes) ? Optional.of(text) : Optional.empty();
  }

  /** Whether the bytes are UTF-8. */
  static boolean isValid(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return decode(bytes).isPresent();
      }
    }
    return true;
  }

  /** Index of the first surrogate without its other half; -1 = there is none. */
  static int loneSurrogate(String text) {
    for (int i = 0, length = text.length(); i < length; i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == length
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  private static boolean isStrict(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
