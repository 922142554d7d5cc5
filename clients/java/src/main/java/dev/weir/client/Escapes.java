package dev.weir.client;

import java.nio.charset.StandardCharsets;

/** Percent-encoding that leaves nothing to interpretation: only unreserved characters stay. */
final class Escapes {

  private static final String UNRESERVED = "-_~.";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private Escapes() {}

  /** Text as one segment of a path or one value of a query. */
  static String segment(String text) {
    if (text.equals(".") || text.equals("..")) {
      return text.replace(".", "%2E");
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0;
      if (plain) {
        escaped.append(c);
      } else {
        escaped.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    return escaped.toString();
  }
}
