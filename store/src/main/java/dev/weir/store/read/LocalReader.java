package dev.weir.store.read;

import dev.weir.store.AuditQuery;
import dev.weir.store.ChangeQuery;
import dev.weir.store.Document;
import dev.weir.store.GraphQuery;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Position;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.SearchQuery;
import dev.weir.store.ShardReader;
import dev.weir.store.routing.Ownership;
import dev.weir.store.write.EdgeTypes.EdgeType;
import dev.weir.store.write.LogRecord;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import dev.weir.store.write.Watermark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Evaluates queries on the shards that can be read on this node, whatever its role for them. */
public final class LocalReader implements ShardReader {
  private final OpenShards shards;
  private final Ownership ownership;
  private final RecentOutcomes outcomes;

  /**
   * Reads from {@code shards} what {@code ownership} allows.
   *
   * @param outcomes what their folds have decided lately
   */
  public LocalReader(OpenShards shards, Ownership ownership, RecentOutcomes outcomes) {
    this.shards = shards;
    this.ownership = ownership;
    this.outcomes = outcomes;
  }

  @Override
  public <R> ReadResult<R> read(int shard, Query<R> query) {
    OpenShard open = shards.acquire(shard);
    if (open == null) {
      return new ReadResult.Refused<>(Absence.of(shard, ownership));
    }
    try {
      if (!ownership.readable(shard)) {
        return new ReadResult.Refused<>(Absence.of(shard, ownership));
      }
      ShardView view = open.view();
      if (query.collection() != 0 && !view.knows(query.collection())) {
        return new ReadResult.Refused<>(new Refusal.UnknownCollection(query.collection()));
      }
      return query instanceof Query.Decision decision
          ? decision(view, shard, decision)
          : evaluate(view, shard, query);
    } finally {
      shards.release(open);
    }
  }

  @SuppressWarnings("unchecked") // the query fixes its answer's type
  private <R> ReadResult<R> decision(ShardView view, int shard, Query.Decision query) {
    Position reached = view.reached();
    return new ReadResult.Answer<>((R) outcomes.of(shard, query.offset()), shard, reached);
  }

  /**
   * Evaluates a query on a view that the caller keeps open.
   *
   * @throws IllegalArgumentException if the state does not hold the answer, see {@link
   *     Query.Decision}
   */
  @SuppressWarnings("unchecked")
  public static <R> ReadResult<R> evaluate(ShardView view, int shard, Query<R> query) {
    Object value;
    if (query instanceof Query.Get get) {
      value = get(view, get);
    } else if (query instanceof Query.MultiGet multiGet) {
      value = multiGet(view, multiGet);
    } else if (query instanceof Query.Scan scan) {
      value = scan(view, scan);
    } else if (query instanceof Query.Select select) {
      value = LocalVisits.select(view, select);
    } else if (query instanceof GraphQuery.Visit visit) {
      for (GraphQuery.Along along : visit.along()) {
        if (view.edges().of(along.collection()) == null) {
          return new ReadResult.Refused<>(new Refusal.UnknownCollection(along.collection()));
        }
      }
      value = LocalVisits.visit(view, visit);
    } else if (query instanceof Query.Progress progress) {
      value = progress(view, progress);
    } else if (query instanceof ChangeQuery.Base base) {
      value = LocalChanges.base(view, base);
    } else if (query instanceof ChangeQuery.Since since) {
      value = LocalChanges.since(view, since);
    } else if (query instanceof AuditQuery.Documents documents) {
      value = new LocalAudit(documents).of(view);
    } else if (query instanceof AuditQuery.Origins origins) {
      value = LocalAudit.origins(view, origins);
    } else if (query instanceof SearchQuery<R> search) {
      return LocalSearch.answer(view, shard, search);
    } else if (isAboutEdges(query)) {
      EdgeType type = view.edges().of(query.collection());
      if (type == null) {
        return new ReadResult.Refused<>(new Refusal.UnknownCollection(query.collection()));
      }
      value = edges(view, type, query);
    } else if (query instanceof Query.Decision || query instanceof Query.Several) {
      throw new IllegalArgumentException("no part of the state: " + query);
    } else {
      value = StateValues.number(view.get(StateKeys.count(query.collection())), 0);
    }
    Position reached = view.reached();
    return new ReadResult.Answer<>((R) value, shard, reached);
  }

  private static boolean isAboutEdges(Query<?> query) {
    return query instanceof GraphQuery.Expand
        || query instanceof GraphQuery.Degrees
        || query instanceof GraphQuery.Tally;
  }

  private static Object edges(ShardView view, EdgeType type, Query<?> query) {
    if (query instanceof GraphQuery.Expand expand) {
      return LocalEdges.expand(view, type, expand);
    }
    return query instanceof GraphQuery.Degrees degrees
        ? LocalEdges.degrees(view, type, degrees)
        : new LocalTally(type, (GraphQuery.Tally) query).of(view);
  }

  private static Optional<Document> get(ShardView view, Query.Get get) {
    EdgeType type = view.edges().of(get.collection());
    byte[] stored =
        type == null
            ? view.get(StateKeys.document(get.collection(), get.key().bytes()))
            : HiddenEdges.stored(view, type, List.of(get.key())).get(0);
    return stored == null ? Optional.empty() : Optional.of(StateValues.document(get.key(), stored));
  }

  static List<Optional<Document>> multiGet(ShardView view, Query.MultiGet query) {
    List<byte @Nullable []> stored = stored(view, query);
    List<Optional<Document>> documents = new ArrayList<>(stored.size());
    for (int i = 0; i < stored.size(); i++) {
      byte[] value = stored.get(i);
      documents.add(
          value == null
              ? Optional.empty()
              : Optional.of(StateValues.document(query.keys().get(i), value)));
    }
    return documents;
  }

  private static List<byte @Nullable []> stored(ShardView view, Query.MultiGet query) {
    EdgeType type = view.edges().of(query.collection());
    if (type != null) {
      return HiddenEdges.stored(view, type, query.keys());
    }
    List<byte[]> stateKeys = new ArrayList<>(query.keys().size());
    for (Key key : query.keys()) {
      stateKeys.add(StateKeys.document(query.collection(), key.bytes()));
    }
    return view.multiGet(stateKeys);
  }

  private static Query.Page scan(ShardView view, Query.Scan scan) {
    KeyRange range = scan.range();
    List<Document> documents = new ArrayList<>(Math.min(scan.limit(), 1000));
    boolean descending = scan.order() == Query.Order.DESC;
    byte[] lower = lower(scan.collection(), range);
    byte[] upper = upper(scan.collection(), range);
    EdgeType type = view.edges().of(scan.collection());
    if (type != null) {
      return EdgeScan.page(view, type, lower, upper, scan);
    }
    try (ShardView.Walk walk = view.walk(lower, upper, descending)) {
      while (walk.valid() && documents.size() < scan.limit()) {
        documents.add(document(walk.key(), walk.value()));
        walk.next();
      }
      return new Query.Page(documents, walk.valid());
    }
  }

  /** The document in an entry of the state. */
  static Document document(byte[] stateKey, byte[] stored) {
    return StateValues.document(key(stateKey), stored);
  }

  /** The key in a document's or an in-entry's state key. */
  static Key key(byte[] stateKey) {
    return Key.ofEncoded(Arrays.copyOfRange(stateKey, StateKeys.DOCUMENT_PREFIX, stateKey.length));
  }

  private static Query.Reached progress(ShardView view, Query.Progress query) {
    LogRecord.Origin origin =
        new LogRecord.Origin(query.source(), 0, query.topicId(), query.partition());
    Watermark watermark = Watermark.read(view.get(StateKeys.watermark(origin)));
    // What an older revision of the mapping has brought says nothing about the newest one.
    boolean outdated =
        view.catalogue().sources().stream()
            .anyMatch(s -> s.id() == query.source() && s.revision() > watermark.revision());
    return outdated || watermark.seq() < 0
        ? new Query.Reached(false, -1)
        : new Query.Reached(true, watermark.seq());
  }

  /** The lowest state key of a range of documents. */
  static byte[] lower(int collection, KeyRange range) {
    byte[] from = range.from();
    if (from == null) {
      return StateKeys.documents(collection);
    }
    byte[] inclusive = StateKeys.document(collection, from);
    return range.fromInclusive() ? inclusive : next(inclusive);
  }

  /** The state key before which a range of documents ends. */
  static byte[] upper(int collection, KeyRange range) {
    byte[] to = range.to();
    if (to == null) {
      return StateKeys.documents(collection + 1);
    }
    byte[] exclusive = StateKeys.document(collection, to);
    return range.toInclusive() ? next(exclusive) : exclusive;
  }

  /** The least byte string above {@code key}. */
  private static byte[] next(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }
}
