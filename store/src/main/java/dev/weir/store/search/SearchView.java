package dev.weir.store.search;

import dev.weir.store.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A shard's state as of one time, for one question. Confined to one thread. */
public interface SearchView {

  /**
   * A walk over entries of the state.
   *
   * @param from first state key, inclusive
   * @param to end, exclusive
   * @param descending from the end to the beginning
   */
  StateWalk walk(byte[] from, byte[] to, boolean descending);

  /**
   * A walk over entries that are read once: they do not drive others out of memory.
   *
   * @param from first state key, inclusive
   * @param to end, exclusive
   */
  StateWalk scan(byte[] from, byte[] to);

  /** The values of several state keys in their order, null where there is none. */
  List<byte @Nullable []> multiGet(List<byte[]> stateKeys);

  /** Whether {@link #isGone} is true of any document at all. */
  boolean someAreGone();

  /** Whether a document counts as gone, though it is stored: an edge of a deleted vertex. */
  boolean isGone(Key key, byte[] stored);
}
