package dev.weir.store.read;

import dev.weir.store.Document;
import dev.weir.store.GraphQuery;
import dev.weir.store.KeyRange;
import dev.weir.store.Query;
import dev.weir.store.write.EdgeTypes.EdgeType;
import dev.weir.store.write.StateKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A page of an edge type's documents, without those of deleted vertices. */
final class EdgeScan {

  private EdgeScan() {}

  /**
   * A page.
   *
   * @param lower first state key of the range
   * @param upper end of the range, exclusive
   */
  static Query.Page page(
      ShardView view, EdgeType type, byte[] lower, byte[] upper, Query.Scan scan) {
    boolean descending = scan.order() == Query.Order.DESC;
    if (Arrays.compareUnsigned(lower, upper) >= 0) {
      return new Query.Page(List.of(), false);
    }
    byte[] marks = StateKeys.hidden(type.id(), GraphQuery.Side.OUT);
    List<Document> documents = new ArrayList<>(Math.min(scan.limit(), 1000));
    // Marks and edges are seen as of one time, because one walk sees them.
    try (ShardView.Walk walk = view.walk(marks, upper, descending)) {
      walk.seek(descending ? Objects.requireNonNull(KeyRange.successor(marks)) : marks);
      HiddenEdges hidden = HiddenEdges.at(walk, marks);
      walk.seek(descending ? upper : lower);
      for (; walk.valid(); walk.next()) {
        byte[] stateKey = walk.key();
        if (Arrays.compareUnsigned(stateKey, lower) < 0) {
          break;
        }
        byte[] stored = walk.value();
        if (hidden.hides(type, LocalReader.key(stateKey), stored)) {
          continue;
        }
        if (documents.size() == scan.limit()) {
          return new Query.Page(documents, true);
        }
        documents.add(LocalReader.document(stateKey, stored));
      }
    }
    return new Query.Page(documents, false);
  }
}
