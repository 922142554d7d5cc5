package dev.weir.query;

import org.jspecify.annotations.Nullable;

/** An answer that comes in pieces, whenever there is one. Its pieces are taken by one at a time. */
public interface Flow extends AutoCloseable {

  /** The next piece, not to be modified; null = there is none now. */
  byte @Nullable [] next();

  /** Whether the last piece was taken. */
  boolean isOver();

  /** What keeps the connection alive while nothing happens. */
  byte[] beat();

  /** Has something done once, as soon as there is a piece or the end; it is quick. */
  void whenReady(Runnable action);

  /** Nobody takes pieces any more; called once. */
  @Override
  void close();
}
