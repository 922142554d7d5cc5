package dev.weir.query.graphql;

import dev.weir.store.EdgeKeys;
import dev.weir.store.GraphQuery.Side;

/**
 * An edge type as the schema shows it.
 *
 * @param edges its edges as documents
 * @param from what they begin at
 * @param to what they end at
 */
record EdgeModel(CollectionModel edges, CollectionModel from, CollectionModel to) {

  /** The collection of the vertices that see their edges on a side. */
  CollectionModel vertices(Side side) {
    return side == Side.OUT ? from : to;
  }

  /** The collection at the other end of them. */
  CollectionModel others(Side side) {
    return side == Side.OUT ? to : from;
  }

  EdgeKeys keys() {
    return EdgeKeys.of(edges.definition());
  }

  String connection(Side side) {
    return edges.names().link(side, CollectionNames.CONNECTION);
  }

  String order(Side side) {
    return edges.names().link(side, CollectionNames.ORDER);
  }

  String edge(Side side) {
    return edges.names().link(side, CollectionNames.EDGE);
  }
}
