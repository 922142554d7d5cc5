package dev.weir.graph.traverse;

import dev.weir.store.GraphQuery.Link;

/**
 * An edge that was met on a walk.
 *
 * @param edges id of the edge type
 * @param from the vertex that it begins at
 * @param to the vertex that it ends at
 * @param forward whether it was met at the vertex that it begins at
 * @param link the edge; its value is empty if it was not asked for
 */
public record Arc(int edges, VertexId from, VertexId to, boolean forward, Link link) {
  private static final byte[] NOTHING = {};

  /** The end at which it was met. */
  VertexId here() {
    return forward ? from : to;
  }

  /** The end to which it leads from there. */
  VertexId other() {
    return forward ? to : from;
  }

  /** The same edge, without its value if that is not wanted. */
  Arc shown(boolean value) {
    if (value) {
      return this;
    }
    Link bare = new Link(link.other(), link.edge(), link.version(), link.timestamp(), NOTHING);
    return new Arc(edges, from, to, forward, bare);
  }
}
