package dev.weir.store.search;

/** A position in an ordered set of entries. Confined to one thread; must be closed once. */
public interface StateWalk extends AutoCloseable {

  /** Whether there is an entry here. */
  boolean valid();

  /** Its state key. */
  byte[] key();

  /** Its value. */
  byte[] value();

  /** Moves to the next entry in the walk's direction. */
  void next();

  /** Moves to the first entry in the walk's direction that is not before {@code key}. */
  void seek(byte[] key);

  @Override
  void close();
}
