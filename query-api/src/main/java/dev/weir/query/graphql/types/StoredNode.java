package dev.weir.query.graphql.types;

import dev.weir.store.Document;

/**
 * The source of a node's fields.
 *
 * @param collection where it lives
 * @param document what is stored
 */
public record StoredNode(CollectionModel collection, Document document) {
  public String id() {
    return NodeIds.text(collection.id(), document.key());
  }

  public Object key() {
    return collection.keys().value(document.key());
  }
}
