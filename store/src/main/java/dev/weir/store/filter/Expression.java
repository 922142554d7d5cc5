package dev.weir.store.filter;

import dev.weir.store.Filter;

/** What became of a text that should be an expression, see {@link ExpressionReader}. */
public sealed interface Expression {

  /** It is one, and means this filter. */
  record Good(Filter filter) implements Expression {}

  /** It is none. */
  record Bad(At at) implements Expression {}

  /**
   * Where a text is wrong, and how.
   *
   * @param position of the first character that does not fit, from 1; one more than there are
   *     characters = at the end
   * @param problem what is there
   * @param expected what could stand there instead
   */
  record At(int position, String problem, String expected) {
    /** All of it in one line. */
    @Override
    public String toString() {
      return "at character " + position + ": " + problem + "; expected " + expected;
    }
  }
}
