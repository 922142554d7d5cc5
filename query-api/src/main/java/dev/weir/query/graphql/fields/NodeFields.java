package dev.weir.query.graphql.fields;

import dev.weir.query.graphql.types.DocumentValues;
import dev.weir.query.graphql.types.Sources;
import dev.weir.query.graphql.types.StoredNode;
import dev.weir.query.graphql.types.StoredValues;
import graphql.schema.DataFetcher;

/** The fields every node has. */
final class NodeFields {
  private NodeFields() {}

  static DataFetcher<String> id() {
    return field -> Sources.of(field, StoredNode.class).id();
  }

  static DataFetcher<Object> key() {
    return field -> Sources.of(field, StoredNode.class).key();
  }

  static DataFetcher<String> version() {
    return field -> Sources.of(field, StoredNode.class).document().version().text();
  }

  static DataFetcher<Long> timestamp() {
    return field -> Sources.of(field, StoredNode.class).document().timestamp();
  }

  /** The whole document as it is stored. */
  static DataFetcher<Object> json() {
    return field -> {
      StoredNode node = Sources.of(field, StoredNode.class);
      return StoredValues.raw(node.collection().definition(), node.document().value());
    };
  }

  /** The document to be looked into by the fields of its type. */
  static DataFetcher<Object> tree() {
    return field -> {
      StoredNode node = Sources.of(field, StoredNode.class);
      return DocumentValues.object(
          field, StoredValues.tree(node.collection().definition(), node.document().value()));
    };
  }
}
