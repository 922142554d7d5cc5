package dev.weir.store.routing;

import dev.weir.store.Catalogue;

/**
 * How definitions reach nodes that hold no shard: the active of shard 0 publishes them with what it
 * holds. Called from several threads.
 */
public interface SharedDefinitions {

  /** The definitions this node knows; published while it is the active of shard 0. */
  Catalogue known();

  /** Definitions that a node has published; older ones than known may come too. */
  void published(Catalogue catalogue);
}
