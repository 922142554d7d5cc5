package dev.weir.query.check;

import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.store.Consistency;
import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.GraphQuery.Tallied;
import dev.weir.store.Key;
import java.util.Arrays;
import java.util.function.Consumer;

/** Goes through all pages of all shards of one side. Blocks; used by one thread. */
final class SidesOfEdges {
  private static final int PAGE = 20_000;

  private final Database database;
  private final int collection;

  SidesOfEdges(Database database, int collection) {
    this.database = database;
    this.collection = collection;
  }

  /** What the edges of a side add up to. */
  record Sum(long edges, long[] buckets) {
    /** Whether a bucket is the same on both sides. */
    boolean agrees(Sum other, int bucket) {
      return buckets[bucket] == other.buckets[bucket];
    }
  }

  /**
   * Adds up a side.
   *
   * @param bucket whose edges are named; -1 = none
   * @param page takes every page
   */
  Sum sum(Side side, int bucket, Consumer<Tallied> page) throws RefusedCheckException {
    long[] buckets = new long[GraphQuery.Tally.BUCKETS];
    long edges = 0;
    for (int shard = 0; shard < database.shards().shards(); shard++) {
      Key after = null;
      do {
        Tallied tallied = ask(new GraphQuery.Tally(collection, shard, side, after, bucket, PAGE));
        edges += tallied.edges();
        Arrays.setAll(buckets, i -> buckets[i] + tallied.sums().get(i));
        page.accept(tallied);
        after = tallied.next();
      } while (after != null);
    }
    return new Sum(edges, buckets);
  }

  private Tallied ask(GraphQuery.Tally tally) throws RefusedCheckException {
    Result<Tallied> result = database.ask(tally, ReadOptions.at(Consistency.STRONG)).join();
    if (result instanceof Result.Success<Tallied> success) {
      return success.value();
    }
    if (result instanceof Result.Failure<Tallied> failure) {
      throw new RefusedCheckException(failure.refusal());
    }
    throw new IllegalStateException("a part of an answer that was to be whole: " + result);
  }
}
