package dev.weir.query.graphql.fields;

import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.StoredNode;
import dev.weir.store.Document;
import dev.weir.store.Query;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The source of a connection's fields.
 *
 * @param collection where it was read
 * @param query what was asked
 * @param documents in the order of the list
 * @param more whether the window holds more in the direction of reading
 */
record RangePage(
    CollectionModel collection, RangeQuery query, List<Document> documents, boolean more) {

  /** The source of an edge's fields. */
  record Edge(RangePage page, StoredNode node) {}

  static RangePage of(CollectionModel collection, RangeQuery query, Query.Page read) {
    List<Document> documents = new ArrayList<>(read.documents());
    // A page of size 0 was read as one of size 1, to know whether there is more.
    boolean more = read.more() || documents.size() > query.size();
    if (documents.size() > query.size()) {
      documents.clear();
    }
    if (!query.forward()) {
      Collections.reverse(documents);
    }
    return new RangePage(collection, query, List.copyOf(documents), more);
  }

  List<Edge> edges() {
    return documents.stream()
        .map(document -> new Edge(this, new StoredNode(collection, document)))
        .toList();
  }
}
