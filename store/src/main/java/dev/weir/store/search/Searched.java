package dev.weir.store.search;

import dev.weir.store.Refusal;

/**
 * What became of a search.
 *
 * @param <R> the answer's type
 */
public sealed interface Searched<R> {

  /** It was answered. */
  record Answer<R>(R value) implements Searched<R> {}

  /** It was not; the refusal says what to do. */
  record Refused<R>(Refusal refusal) implements Searched<R> {}
}
