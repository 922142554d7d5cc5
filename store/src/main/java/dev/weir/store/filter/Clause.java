package dev.weir.store.filter;

import java.util.List;

/**
 * What became of a text that should be a list, see {@link ClauseReader}.
 *
 * @param <T> what it is a list of
 */
public sealed interface Clause<T> {

  /** It is one of these, at least one. */
  record Good<T>(List<T> items) implements Clause<T> {
    public Good {
      items = List.copyOf(items);
    }
  }

  /** It is none. */
  record Bad<T>(Expression.At at) implements Clause<T> {}
}
