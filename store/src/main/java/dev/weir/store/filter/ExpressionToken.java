package dev.weir.store.filter;

/**
 * A word of an expression.
 *
 * @param kind what it is
 * @param text a name or a text without quotes and escapes; else as it was written
 * @param at index of its first character
 */
record ExpressionToken(Kind kind, String text, int at) {

  /** Kinds of words. */
  enum Kind {
    /** Letters, digits and underscores. */
    NAME,
    /** A name within backticks, which is never a word of the language. */
    QUOTED,
    TEXT,
    NUMBER,
    SYMBOL,
    /** Behind the last one. */
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isWord(String word) {
    return kind == Kind.NAME && text.equals(word);
  }

  boolean isName() {
    return kind == Kind.NAME || kind == Kind.QUOTED;
  }

  /** For people. */
  String shown() {
    String shortened =
        text.codePointCount(0, text.length()) > 40
            ? text.substring(0, text.offsetByCodePoints(0, 40)) + "…"
            : text;
    return switch (kind) {
      case END -> "the text ends here";
      case TEXT -> "the text \"" + shortened + "\" does not fit";
      case QUOTED -> "the name `" + shortened + "` does not fit";
      case NAME, NUMBER, SYMBOL -> "'" + shortened + "' does not fit";
    };
  }
}
