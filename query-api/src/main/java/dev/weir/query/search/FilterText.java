package dev.weir.query.search;

import dev.weir.store.DefinitionReader.Read;
import dev.weir.store.Fault;
import dev.weir.store.Filter;
import dev.weir.store.FilterReader;
import dev.weir.store.filter.Expression;
import dev.weir.store.filter.ExpressionReader;
import java.util.List;

/** Filters as callers write them in one text: an expression, or JSON in braces. */
public final class FilterText {
  private FilterText() {}

  /** What became of a text. */
  public sealed interface Reading {

    /** It is a filter. */
    record Good(Filter filter) implements Reading {}

    /** It is no expression. */
    record BadExpression(Expression.At at) implements Reading {}

    /** It is no filter in JSON. */
    record BadJson(List<Fault> faults) implements Reading {}
  }

  /** Reads a text. */
  public static Reading read(String text) {
    if (text.stripLeading().startsWith("{")) {
      Read<Filter> read = FilterReader.read(text);
      return read.value().isPresent()
          ? new Reading.Good(read.value().get())
          : new Reading.BadJson(read.faults());
    }
    Expression expression = ExpressionReader.read(text);
    return expression instanceof Expression.Good readable
        ? new Reading.Good(readable.filter())
        : new Reading.BadExpression(((Expression.Bad) expression).at());
  }
}
