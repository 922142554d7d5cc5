package dev.weir.query.graphql.fields;

import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.StoredNode;
import dev.weir.store.SearchQuery.Find;
import dev.weir.store.SearchQuery.Found;
import dev.weir.store.SearchQuery.Hit;
import java.util.List;

/**
 * The source of a connection's fields where documents are chosen by their contents.
 *
 * @param collection where it was read
 * @param find what was asked
 * @param found what was answered
 */
record FoundPage(CollectionModel collection, Find find, Found found) {

  /** The source of an edge's fields. */
  record Edge(FoundPage page, StoredNode node, byte[] place) {}

  List<Edge> edges() {
    return found.hits().stream().map(this::edge).toList();
  }

  private Edge edge(Hit hit) {
    return new Edge(this, new StoredNode(collection, hit.document()), hit.place());
  }
}
