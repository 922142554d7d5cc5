package dev.weir.query.audit;

import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.store.AuditQuery;
import dev.weir.store.AuditQuery.Counted;
import dev.weir.store.AuditQuery.Mark;
import dev.weir.store.AuditQuery.Reached;
import dev.weir.store.Consistency;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.Query;
import dev.weir.store.Refusal;
import dev.weir.store.audit.AuditStoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The state of all shards as an audit asks for it: strongly, page by page, with a rest behind each
 * as long as the page took. Blocks; one thread.
 */
final class StateSide {
  private static final int PAGE = 10_000;
  private static final int KEYS_AT_ONCE = 100;
  private static final int TRIES = 20;
  private static final long RETRY_NANOS = 250_000_000;

  private final Database database;
  private final AuditPace pace;

  StateSide(Database database, AuditPace pace) {
    this.database = database;
    this.pace = pace;
  }

  /**
   * What all documents of a collection come to.
   *
   * @param documents how many there are
   * @param sums of the marks of each bucket
   */
  record Sums(long documents, long[] sums) {}

  /** Takes documents. */
  @FunctionalInterface
  interface MarkTaker {
    /** Takes one. */
    void take(Mark mark) throws AuditStoppedException;
  }

  int shards() {
    return database.shards().shards();
  }

  Sums sums(int collection) throws AuditStoppedException {
    long[] sums = new long[AuditQuery.BUCKETS];
    long documents = 0;
    for (int shard = 0; shard < shards(); shard++) {
      Key after = null;
      do {
        Counted page = page(collection, shard, after, new TreeSet<>());
        documents += page.documents();
        for (int i = 0; i < sums.length; i++) {
          sums[i] += page.sums().get(i);
        }
        after = page.next();
      } while (after != null);
    }
    return new Sums(documents, sums);
  }

  /** All documents of some buckets. */
  void marks(int collection, SortedSet<Integer> buckets, MarkTaker taker)
      throws AuditStoppedException {
    for (int shard = 0; shard < shards() && !buckets.isEmpty(); shard++) {
      Key after = null;
      do {
        Counted page = page(collection, shard, after, buckets);
        for (Mark mark : page.marks()) {
          taker.take(mark);
        }
        after = page.next();
      } while (after != null);
    }
  }

  private Counted page(int collection, int shard, @Nullable Key after, SortedSet<Integer> buckets)
      throws AuditStoppedException {
    long begin = System.nanoTime();
    Counted page = ask(new AuditQuery.Documents(collection, shard, after, buckets, PAGE));
    pace.rest(System.nanoTime() - begin);
    return page;
  }

  List<Reached> origins(int source, int shard) throws AuditStoppedException {
    return ask(new AuditQuery.Origins(source, shard));
  }

  /** The documents under some keys, in their order. */
  List<Optional<Document>> documents(int collection, List<Key> keys) throws AuditStoppedException {
    List<Optional<Document>> documents = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i += KEYS_AT_ONCE) {
      List<Key> some = keys.subList(i, Math.min(keys.size(), i + KEYS_AT_ONCE));
      documents.addAll(ask(new Query.MultiGet(collection, some)));
    }
    return documents;
  }

  /** The mark of a document; null = it is not there. */
  static @Nullable Long mark(Optional<Document> document) {
    return document
        .map(found -> AuditQuery.mark(found.key(), found.timestamp(), found.value()))
        .orElse(null);
  }

  /** A shard that is on its way to another node is asked again for some seconds. */
  private <R> R ask(Query<R> query) throws AuditStoppedException {
    String refusal = "";
    for (int i = 0; i < TRIES; i++) {
      Result<R> result = database.ask(query, ReadOptions.at(Consistency.STRONG)).join();
      if (result instanceof Result.Success<R> success) {
        return success.value();
      }
      refusal =
          result instanceof Result.Failure<R> failure
              ? failure.refusal().toString()
              : "an answer without some shards";
      if (result instanceof Result.Failure<R> failure
          && failure.refusal() instanceof Refusal.UnknownCollection) {
        break;
      }
      pace.pause(RETRY_NANOS);
    }
    throw new AuditStoppedException("the state cannot be read: " + refusal);
  }
}
