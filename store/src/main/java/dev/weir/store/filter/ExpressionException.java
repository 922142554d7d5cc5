package dev.weir.store.filter;

/** A text does not go on as it should. */
final class ExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Expression.At at;

  ExpressionException(int index, String problem, String expected) {
    super(problem, null, false, false);
    this.at = new Expression.At(index + 1, problem, expected);
  }

  Expression.At at() {
    return at;
  }
}
