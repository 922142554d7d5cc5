package dev.weir.query.testing;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Outcome.Reason;
import dev.weir.store.Position;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.Version;
import dev.weir.store.write.DefinitionRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/**
 * One shard as sorted maps: every operation is decided at once and counts as one record of its log.
 * Safe from any thread.
 */
public final class InMemoryShard {
  private final int shard;
  private final Map<Integer, NavigableMap<Key, Document>> collections =
      new HashMap<>(); // under "this"
  private Catalogue catalogue = Catalogue.empty(); // under "this"
  private Position position; // under "this"

  public InMemoryShard(int shard, Uuid logId, int generation) {
    this.shard = shard;
    this.position = Position.start(logId, generation);
  }

  public synchronized Position position() {
    return position;
  }

  public synchronized Catalogue catalogue() {
    return catalogue;
  }

  /** Decides an API command, with the policy on writers. */
  public synchronized Outcome submit(Operation operation, long timestamp) {
    Optional<Integer> collection = collectionOf(operation);
    if (collection.isPresent()
        && catalogue
            .collection(collection.get())
            .filter(c -> c.writer() == Writer.SOURCE)
            .isPresent()) {
      return new Outcome.Rejected(Reason.WRITER_IS_SOURCE, "it takes documents from its source");
    }
    return fold(operation, timestamp);
  }

  /** Decides an operation as if a source had brought it. */
  public synchronized Outcome fold(Operation operation, long timestamp) {
    position = new Position(position.logId(), position.generation(), position.offset() + 1, 0);
    if (operation instanceof Operation.Define define) {
      return define(define);
    }
    if (operation instanceof Operation.Adopt adopt) {
      adopt(adopt.catalogue());
      return new Outcome.Defined(catalogue.revision());
    }
    Optional<Integer> id = collectionOf(operation);
    if (id.isEmpty() || catalogue.collection(id.get()).isEmpty()) {
      return new Outcome.Rejected(Reason.UNKNOWN_COLLECTION, "no collection has id " + id);
    }
    NavigableMap<Key, Document> documents =
        collections.computeIfAbsent(id.get(), i -> new TreeMap<>());
    if (operation instanceof Operation.Put put) {
      Version version = new Version(position.generation(), position.offset());
      Document document = new Document(put.key(), put.value(), version, Math.max(0, timestamp));
      return new Outcome.Stored(version, documents.put(put.key(), document) == null);
    }
    Operation.Delete delete = (Operation.Delete) operation;
    return new Outcome.Removed(documents.remove(delete.key()) != null);
  }

  /** Answers a query on the shard's present state. */
  @SuppressWarnings("unchecked") // each kind of query fixes its answer's type
  public synchronized <R> ReadResult<R> read(Query<R> query) {
    if (catalogue.collection(query.collection()).isEmpty()) {
      return new ReadResult.Refused<>(new Refusal.UnknownCollection(query.collection()));
    }
    NavigableMap<Key, Document> documents =
        collections.getOrDefault(query.collection(), new TreeMap<>());
    Object value;
    if (query instanceof Query.Get get) {
      value = Optional.ofNullable(documents.get(get.key()));
    } else if (query instanceof Query.MultiGet get) {
      value = get.keys().stream().map(k -> Optional.ofNullable(documents.get(k))).toList();
    } else if (query instanceof Query.Scan scan) {
      value = scan(documents, scan);
    } else {
      value = (long) documents.size();
    }
    return new ReadResult.Answer<>((R) value, shard, position);
  }

  private static Query.Page scan(NavigableMap<Key, Document> documents, Query.Scan scan) {
    List<Document> page = new ArrayList<>();
    for (Document document :
        (scan.order() == Query.Order.ASC ? documents : documents.descendingMap()).values()) {
      if (scan.range().contains(document.key().bytes())) {
        if (page.size() == scan.limit()) {
          return new Query.Page(page, true);
        }
        page.add(document);
      }
    }
    return new Query.Page(page, false);
  }

  private Outcome define(Operation.Define define) {
    DefinitionRules.Decision decision = DefinitionRules.decide(catalogue, define.changes());
    if (decision instanceof DefinitionRules.Rejected rejected) {
      return new Outcome.Rejected(Reason.INVALID_DEFINITION, rejected.detail());
    }
    adopt(((DefinitionRules.Accepted) decision).catalogue());
    return new Outcome.Defined(catalogue.revision());
  }

  private void adopt(Catalogue adopted) {
    if (adopted.revision() > catalogue.revision()) {
      catalogue = adopted;
      collections.keySet().removeIf(id -> adopted.collection(id).isEmpty());
    }
  }

  private static Optional<Integer> collectionOf(Operation operation) {
    if (operation instanceof Operation.Put put) {
      return Optional.of(put.collection());
    }
    if (operation instanceof Operation.Delete delete) {
      return Optional.of(delete.collection());
    }
    return Optional.empty();
  }
}
