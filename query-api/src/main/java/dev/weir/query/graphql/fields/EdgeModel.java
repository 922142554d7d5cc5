package dev.weir.query.graphql.fields;

import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.CollectionNames;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.EdgeKeys;
import dev.weir.store.GraphQuery.Side;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An edge type as the schema shows it.
 *
 * @param edges its edges as documents
 * @param from what they begin at
 * @param to what they end at
 */
record EdgeModel(CollectionModel edges, CollectionModel from, CollectionModel to) {

  /** Those of the collections that hold edges, by their ids and in their order. */
  static Map<Integer, EdgeModel> of(Collection<CollectionModel> collections) {
    Map<String, CollectionModel> byName = new HashMap<>();
    collections.forEach(c -> byName.put(c.definition().name(), c));
    Map<Integer, EdgeModel> edges = new LinkedHashMap<>();
    for (CollectionModel collection : collections) {
      CollectionDefinition.Edge edge = collection.definition().edge();
      CollectionModel from = edge == null ? null : byName.get(edge.from());
      CollectionModel to = edge == null ? null : byName.get(edge.to());
      if (from != null && to != null) {
        edges.put(collection.id(), new EdgeModel(collection, from, to));
      }
    }
    return edges;
  }

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
