package dev.weir.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What makes a repeated command recognisable: the shard answers the second one with the outcome of
 * the first. It counts within one shard, and within the window that {@code store.write} keeps.
 *
 * @param text what the caller chose, 1 to {@link #MOST_BYTES} bytes in UTF-8
 * @param fingerprint SHA-256 of what is asked, so that another request under the same text is
 *     noticed; shared, do not modify
 */
public record IdempotencyKey(String text, byte[] fingerprint) {

  /** Longest text, in bytes. */
  public static final int MOST_BYTES = 255;

  /** Length of a fingerprint. */
  public static final int FINGERPRINT_BYTES = 32;

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if one has a wrong length
   */
  public IdempotencyKey {
    if (!isUsable(text)) {
      throw new IllegalArgumentException(
          "an idempotency key has 1 to " + MOST_BYTES + " bytes, not " + utf8(text).length);
    }
    if (fingerprint.length != FINGERPRINT_BYTES) {
      throw new IllegalArgumentException("not a SHA-256: " + fingerprint.length + " bytes");
    }
  }

  /** Whether a text can be a key. */
  public static boolean isUsable(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_BYTES
        && utf8(text).length <= MOST_BYTES
        && new String(utf8(text), StandardCharsets.UTF_8).equals(text);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof IdempotencyKey other
        && text.equals(other.text)
        && Arrays.equals(fingerprint, other.fingerprint);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
