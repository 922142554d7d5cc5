package dev.weir.store;

import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * Links that are made of something smaller whenever one is asked for. Immutable; safe from any
 * thread.
 */
public abstract class LazyLinks extends AbstractList<GraphQuery.Link> implements RandomAccess {

  /** The vertex at the other end of a link. */
  public abstract Key other(int index);
}
