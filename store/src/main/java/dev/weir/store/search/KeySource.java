package dev.weir.store.search;

import dev.weir.store.Key;
import org.jspecify.annotations.Nullable;

/** Keys of documents one after the other. Confined to one thread; must be closed once. */
interface KeySource extends AutoCloseable {

  /**
   * A key.
   *
   * @param entry state key of the entry that has it
   */
  record Named(Key key, byte[] entry) {}

  /** The next key; null = there are no more. */
  @Nullable Named next();

  /** Entries of an index that were read so far. */
  long entries();

  @Override
  void close();
}
