package dev.weir.store;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A question about one collection, answerable by one shard; questions about many shards are asked
 * of each and merged.
 *
 * @param <R> what one shard answers
 */
public sealed interface Query<R>
    permits Query.Get,
        Query.MultiGet,
        Query.Select,
        Query.Scan,
        Query.Count,
        Query.Progress,
        Query.Decision,
        Query.Several,
        GraphQuery,
        AuditQuery,
        ChangeQuery,
        SearchQuery {

  /** Id of the collection asked about; 0 = the question is not about one. */
  int collection();

  /**
   * The document under one key.
   *
   * @param collection id of the collection
   * @param key the key
   */
  record Get(int collection, Key key) implements Query<Optional<Document>> {}

  /**
   * The documents under several keys of one shard, in the order of the keys, empty where there is
   * none.
   *
   * @param collection id of the collection
   * @param keys at least one key; duplicates are answered twice
   */
  record MultiGet(int collection, List<Key> keys) implements Query<List<Optional<Document>>> {
    public MultiGet {
      keys = List.copyOf(keys);
    }
  }

  /**
   * The documents of a range in key order, at most {@code limit} of them.
   *
   * @param collection id of the collection
   * @param range which keys
   * @param order ascending or descending key order
   * @param limit at least 1
   */
  record Scan(int collection, KeyRange range, Order order, int limit) implements Query<Page> {
    public Scan {
      if (limit < 1) {
        throw new IllegalArgumentException("a page holds at least 1 document, not " + limit);
      }
    }
  }

  /**
   * The number of documents, exact at the answer's position.
   *
   * @param collection id of the collection
   */
  record Count(int collection) implements Query<Long> {}

  /**
   * How far the shards have got with a partition of a source.
   *
   * @param source id of the source
   * @param topicId Kafka's id of its topic
   * @param partition of the topic
   */
  record Progress(int source, Uuid topicId, int partition) implements Query<Reached> {
    @Override
    public int collection() {
      return 0;
    }
  }

  /**
   * What the fold decided about a command, asked of a replica that has folded it; empty = that is
   * not known there any more. For a command whose shard moved while it was on its way: a replica
   * remembers the newest ones, since it was started.
   *
   * @param offset of the command's record in the shard's log
   */
  record Decision(long offset) implements Query<Optional<Outcome>> {
    @Override
    public int collection() {
      return 0;
    }
  }

  /**
   * How far shards have got with a partition of a source.
   *
   * @param any whether any of them has met it
   * @param lowest lowest offset of the source that one of them has applied last; -1 = one has none
   */
  record Reached(boolean any, long lowest) {

    /** What two sets of shards have reached together. */
    public Reached and(Reached other) {
      return new Reached(any || other.any, Math.min(lowest, other.lowest));
    }
  }

  /**
   * The documents under several keys of one shard that match, in the order of the keys, empty where
   * there is none or it does not match.
   *
   * @param collection id of the collection
   * @param keys at least one key; duplicates are answered twice
   * @param filter which documents; null = all
   * @param fields paths of the fields that are wanted, see {@link Filter.Field#of}; empty = all
   */
  record Select(int collection, List<Key> keys, @Nullable Filter filter, List<String> fields)
      implements Query<List<Optional<Document>>> {
    public Select {
      keys = List.copyOf(keys);
      fields = List.copyOf(fields);
    }
  }

  /**
   * Several questions that are asked together, with one call to each node for all of them. It is
   * cut into its parts before a shard is asked.
   *
   * @param queries none of them about the replicas of one shard only, and none of several again
   */
  record Several(List<Query<?>> queries) implements Query<List<Object>> {
    public Several {
      queries = List.copyOf(queries);
    }

    /** The collection of the first, whose level counts where none is asked for. */
    @Override
    public int collection() {
      return queries.isEmpty() ? 0 : queries.get(0).collection();
    }
  }

  /** Direction of a scan. */
  enum Order {
    ASC,
    DESC
  }

  /**
   * One page of a scan.
   *
   * @param documents in the order asked for
   * @param more whether the range holds further documents behind the last one
   */
  record Page(List<Document> documents, boolean more) {
    public Page {
      documents = List.copyOf(documents);
    }
  }
}
