package dev.weir.store.search;

import org.jspecify.annotations.Nullable;

/** Entries of an index one after the other. Confined to one thread; must be closed once. */
interface Entries extends AutoCloseable {

  /** The state key of the next entry; null = there are no more. */
  byte @Nullable [] next();

  @Override
  void close();
}
