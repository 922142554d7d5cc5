package dev.weir.store.filter;

import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Value;
import dev.weir.store.filter.ExpressionToken.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The words of a text, taken one after the other: fields and values. Used by one thread. */
final class ExpressionWords {
  /** Longest text that is read. */
  private static final int MOST_CHARS = 1 << 16;

  private final List<ExpressionToken> tokens;
  private int next;

  ExpressionWords(String text) throws ExpressionException {
    if (text.length() > MOST_CHARS) {
      throw new ExpressionException(
          MOST_CHARS, "the text is too long", "at most " + MOST_CHARS + " characters");
    }
    tokens = ExpressionLexer.read(text);
  }

  /** The next word, which stays the next one. */
  ExpressionToken peek() {
    return tokens.get(next);
  }

  /** The word behind the next one. */
  ExpressionToken second() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  /** Goes over a word. */
  ExpressionToken take() {
    ExpressionToken token = peek();
    if (token.kind() != Kind.END) {
      next++;
    }
    return token;
  }

  /** Goes over a symbol, if it is the next word. */
  boolean take(String symbol) {
    if (peek().is(symbol)) {
      next++;
      return true;
    }
    return false;
  }

  /** Goes over a symbol, which has to be there. */
  void expect(String symbol) throws ExpressionException {
    if (!take(symbol)) {
      throw unfit(symbol);
    }
  }

  /** Nothing may follow. */
  void end(String orElse) throws ExpressionException {
    if (peek().kind() != Kind.END) {
      throw unfit(orElse);
    }
  }

  ExpressionException unfit(String expected) {
    return new ExpressionException(peek().at(), peek().shown(), expected);
  }

  /** Whether a call of a function is next. */
  boolean atCall(String function) {
    return peek().isWord(function) && second().is("(");
  }

  /**
   * A field: names with dots between them, or in quotes and square brackets. Ends before a dot with
   * a name and a parenthesis, which is a call.
   */
  Field field() throws ExpressionException {
    List<String> names = new ArrayList<>();
    names.add(name());
    while (true) {
      if (peek().is(".")) {
        if (second().isName() && tokens.get(Math.min(next + 2, tokens.size() - 1)).is("(")) {
          return new Field(names);
        }
        take();
        names.add(name());
      } else if (peek().is("[")) {
        take();
        if (peek().kind() != Kind.TEXT || peek().text().isEmpty()) {
          throw unfit("a field's name in quotes; elements of a list are asked for with contains");
        }
        names.add(take().text());
        expect("]");
      } else {
        return new Field(names);
      }
    }
  }

  private String name() throws ExpressionException {
    ExpressionToken token = peek();
    boolean word = token.kind() == Kind.NAME && ExpressionWriter.RESERVED.contains(token.text());
    if (!token.isName() || word) {
      throw unfit(word ? "a field; write `" + token.text() + "` in backticks" : "a field");
    }
    return take().text();
  }

  /** Whether a value is next. */
  boolean atValue() {
    ExpressionToken token = peek();
    return token.kind() == Kind.TEXT
        || token.kind() == Kind.NUMBER
        || token.isWord("true")
        || token.isWord("false")
        || token.isWord("null");
  }

  /** A text, a number, true, false or null. */
  Value value() throws ExpressionException {
    if (!atValue()) {
      throw unfit(
          peek().isName() ? "a value: a text in quotes, a number, true, false or null" : "a value");
    }
    ExpressionToken token = take();
    return switch (token.kind()) {
      case TEXT -> new Value.Text(token.text());
      case NUMBER -> number(token);
      default ->
          token.text().equals("null")
              ? new Value.Null()
              : new Value.Flag(token.text().equals("true"));
    };
  }

  private static Value number(ExpressionToken token) throws ExpressionException {
    try {
      return new Value.Numeric(new BigDecimal(token.text()));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new ExpressionException(token.at(), "a number this large", "a smaller one");
    }
  }

  /** A value that has an order. */
  Value ordered() throws ExpressionException {
    ExpressionToken token = peek();
    Value value = value();
    if (!value.ordered()) {
      throw new ExpressionException(
          token.at(), token.text() + " has no order", "a text or a number");
    }
    return value;
  }
}
