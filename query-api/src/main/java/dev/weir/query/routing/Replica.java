package dev.weir.query.routing;

import dev.weir.store.routing.NodeEntry;
import org.jspecify.annotations.Nullable;

/**
 * A replica that may be asked about a shard.
 *
 * @param node where it is; null = here
 * @param part why it is asked
 */
record Replica(@Nullable NodeEntry node, Part part) {

  /** What a replica is asked for. */
  enum Part {
    /** It is the one that should know. */
    ACTIVE,
    /** It costs no call: asked first, and not waited for. */
    NEAR,
    /** The active did not answer. */
    FALLBACK
  }

  /** The node's id. */
  String name(String here) {
    return node == null ? here : node.node();
  }
}
