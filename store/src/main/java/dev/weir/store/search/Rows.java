package dev.weir.store.search;

import dev.weir.store.Key;
import org.jspecify.annotations.Nullable;

/** Documents of a shard one after the other. Confined to one thread; must be closed once. */
interface Rows extends AutoCloseable {

  /**
   * A stored document.
   *
   * @param stored its version, time and value
   * @param entry state key of the entry that named it; empty = none did
   */
  record Row(Key key, byte[] stored, byte[] entry) {}

  /** The next document; null = there are no more. */
  @Nullable Row next();

  /** Entries of an index that were read so far. */
  long entries();

  /** Documents that were read so far. */
  long documents();

  @Override
  void close();
}
