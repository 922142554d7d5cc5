package dev.weir.store.liveness;

import dev.weir.store.routing.NodeEntry;

/** Something that {@link Vigil} wants done. */
sealed interface Step {

  /** Ping a node and tell {@link Vigil#echo}. */
  record Ping(NodeEntry node) implements Step {}

  /** Ask a node what it sees of another one and tell {@link Vigil#testimony}. */
  record Ask(NodeEntry witness, NodeEntry missed) implements Step {}

  /** Evict a node and tell {@link Vigil#evicted}. */
  record Evict(NodeEntry node) implements Step {}

  /** Take a node out of the table if it is no member any more, and tell {@link Vigil#evicted}. */
  record Forget(NodeEntry node) implements Step {}
}
