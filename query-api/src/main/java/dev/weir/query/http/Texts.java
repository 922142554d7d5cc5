package dev.weir.query.http;

/** Text of callers inside messages: kept short and harmless. */
final class Texts {
  private static final int SHOWN = 80;

  private Texts() {}

  /** At most 80 characters, control characters replaced. */
  static String shorten(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(SHOWN)
        .map(c -> Character.isISOControl(c) || isSurrogate(c) ? '?' : c)
        .forEach(shown::appendCodePoint);
    return text.codePointCount(0, text.length()) > SHOWN ? shown + "…" : shown.toString();
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
