package dev.weir.query.graphql;

import dev.weir.store.Document;

/**
 * The source of a node's fields.
 *
 * @param collection where it lives
 * @param document what is stored
 */
record StoredNode(CollectionModel collection, Document document) {
  String id() {
    return NodeIds.text(collection.id(), document.key());
  }

  Object key() {
    return collection.keys().value(document.key());
  }
}
