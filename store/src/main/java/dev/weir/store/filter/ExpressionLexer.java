package dev.weir.store.filter;

import dev.weir.store.filter.ExpressionToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into the words of an expression. */
final class ExpressionLexer {
  /** Longest numbers that are read, in characters. */
  private static final int MOST_DIGITS = 1000;

  /** Longer ones before those that they begin with. */
  private static final List<String> SYMBOLS =
      List.of("&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "(", ")", "[", "]", ",", ".");

  private final String text;
  private final List<ExpressionToken> tokens = new ArrayList<>();
  private int at;

  private ExpressionLexer(String text) {
    this.text = text;
  }

  /** The words, the last of which is {@link Kind#END}. */
  static List<ExpressionToken> read(String text) throws ExpressionException {
    ExpressionLexer lexer = new ExpressionLexer(text);
    lexer.skip();
    while (lexer.at < text.length()) {
      lexer.word();
      lexer.skip();
    }
    lexer.tokens.add(new ExpressionToken(Kind.END, "", text.length()));
    return lexer.tokens;
  }

  private void skip() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void word() throws ExpressionException {
    int start = at;
    char c = text.charAt(at);
    if (c == '"' || c == '\'') {
      tokens.add(new ExpressionToken(Kind.TEXT, quoted(c), start));
    } else if (c == '`') {
      String name = quoted(c);
      if (name.isEmpty()) {
        throw new ExpressionException(start, "a name without a letter", "a name");
      }
      tokens.add(new ExpressionToken(Kind.QUOTED, name, start));
    } else if (digit(c) || (c == '-' && at + 1 < text.length() && digit(text.charAt(at + 1)))) {
      number();
      tokens.add(new ExpressionToken(Kind.NUMBER, text.substring(start, at), start));
    } else if (begins(c)) {
      while (at < text.length() && (begins(text.charAt(at)) || digit(text.charAt(at)))) {
        at++;
      }
      tokens.add(new ExpressionToken(Kind.NAME, text.substring(start, at), start));
    } else {
      symbol();
    }
  }

  private void symbol() throws ExpressionException {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        tokens.add(new ExpressionToken(Kind.SYMBOL, symbol, at));
        at += symbol.length();
        return;
      }
    }
    char c = text.charAt(at);
    String expected =
        switch (c) {
          case '=' -> "==";
          case '&' -> "&&";
          case '|' -> "||";
          default -> "a field, a value in quotes, or an operator; other names go in backticks";
        };
    throw new ExpressionException(at, "'" + shown(c) + "' means nothing here", expected);
  }

  private void number() throws ExpressionException {
    int start = at;
    at++; // a digit, or the sign before one
    digits();
    if (at + 1 < text.length() && text.charAt(at) == '.' && digit(text.charAt(at + 1))) {
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      if (at == text.length() || !digit(text.charAt(at))) {
        throw new ExpressionException(at, "the number has no exponent", "digits");
      }
      digits();
    }
    if (at < text.length() && begins(text.charAt(at))) {
      throw new ExpressionException(
          at, "a name begins in a number", "a space, or quotes around a text");
    }
    if (at - start > MOST_DIGITS) {
      throw new ExpressionException(start, "a number this long", "at most 1,000 digits");
    }
  }

  private void digits() {
    while (at < text.length() && digit(text.charAt(at))) {
      at++;
    }
  }

  private String quoted(char quote) throws ExpressionException {
    int start = at;
    StringBuilder read = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at);
      read.append(c == '\\' ? escaped() : c);
      at++;
    }
    if (at == text.length()) {
      throw new ExpressionException(start, "the quotes are not closed", "a second " + quote);
    }
    at++;
    for (int i = 0; i < read.length(); i++) {
      if (Character.isHighSurrogate(read.charAt(i))
          && i + 1 < read.length()
          && Character.isLowSurrogate(read.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(read.charAt(i))) {
        throw new ExpressionException(start, "half a character", "both halves of it");
      }
    }
    return read.toString();
  }

  /** Reads what stands behind a backslash, and stays at its last character. */
  private char escaped() throws ExpressionException {
    int start = at++;
    char c = at < text.length() ? text.charAt(at) : ' ';
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '\\', '"', '\'', '`', '/' -> c;
      case 'u' -> numbered(start);
      default -> throw backslash(start);
    };
  }

  /** Reads the four digits of a character. */
  private char numbered(int start) throws ExpressionException {
    String digits = at + 4 < text.length() ? text.substring(at + 1, at + 5) : "";
    if (!digits.chars().allMatch(c -> Character.digit(c, 16) >= 0) || digits.isEmpty()) {
      throw backslash(start);
    }
    at += 4;
    return (char) Integer.parseInt(digits, 16);
  }

  private static ExpressionException backslash(int start) {
    return new ExpressionException(
        start, "a backslash that changes nothing", "\\\\ \\\" \\' \\` \\n \\r \\t \\b \\f \\uXXXX");
  }

  private static String shown(char c) {
    return Character.isISOControl(c) || Character.isSurrogate(c) ? "?" : String.valueOf(c);
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean begins(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
}
