package dev.weir.query.audit;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Document;
import dev.weir.store.EdgeKeys;
import dev.weir.store.Key;
import dev.weir.store.audit.AuditStoppedException;
import java.util.List;
import java.util.Optional;

/**
 * An edge goes when a vertex at one of its ends is deleted, which its own source does not say. One
 * thread.
 */
final class EdgesEnds {
  private final Catalogue catalogue;
  private final CollectionDefinition collection;
  private final StateSide state;

  EdgesEnds(Catalogue catalogue, CollectionDefinition collection, StateSide state) {
    this.catalogue = catalogue;
    this.collection = collection;
    this.state = state;
  }

  /**
   * Whether an end is not there, or was written since, so that it may have been away in between.
   *
   * @param time of the edge, milliseconds since the epoch
   */
  boolean mayHaveTaken(Key edge, long time) throws AuditStoppedException {
    CollectionDefinition.Edge type = collection.edge();
    if (type == null) {
      return false;
    }
    EdgeKeys keys = EdgeKeys.of(collection);
    return !stood(type.from(), keys.from(edge), time) || !stood(type.to(), keys.to(edge), time);
  }

  private boolean stood(String vertices, Key vertex, long time) throws AuditStoppedException {
    Optional<CollectionDefinition> of = catalogue.collection(vertices);
    if (of.isEmpty()) {
      return false;
    }
    Optional<Document> document = state.documents(of.get().id(), List.of(vertex)).get(0);
    return document.map(found -> found.timestamp() < time).orElse(false);
  }
}
