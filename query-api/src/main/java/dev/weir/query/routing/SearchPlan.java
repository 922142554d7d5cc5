package dev.weir.query.routing;

import dev.weir.query.ShardQuery;
import dev.weir.store.Catalogue;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.SearchQuery;
import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Aggregated;
import dev.weir.store.SearchQuery.Duplicates;
import dev.weir.store.SearchQuery.Find;
import dev.weir.store.SearchQuery.Found;
import dev.weir.store.SearchQuery.Occurrences;
import dev.weir.store.ShardMap;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Cuts questions about the contents of documents by shard. */
final class SearchPlan {
  private SearchPlan() {}

  static QueryPlan<?> of(SearchQuery<?> query, Catalogue catalogue, ShardMap shards) {
    if (query instanceof SearchQuery.OfShard<?> one) {
      return single(one.shard(), one.query());
    }
    if (query instanceof Find find) {
      QueryPlan.Merge<Found> merge = pages -> SearchMerge.found(find.limit(), pages);
      return new QueryPlan<>(parts(find, find.range(), catalogue, shards), merge);
    }
    if (query instanceof Aggregate aggregate) {
      QueryPlan.Merge<Aggregated> merge = pages -> SearchMerge.groups(aggregate, pages);
      return new QueryPlan<>(parts(aggregate, aggregate.range(), catalogue, shards), merge);
    }
    Duplicates duplicates = (Duplicates) query;
    QueryPlan.Merge<Occurrences> merge = SearchMerge::duplicates;
    return new QueryPlan<>(parts(duplicates, KeyRange.all(), catalogue, shards), merge);
  }

  private static <R> QueryPlan<R> single(int shard, SearchQuery<R> query) {
    return new QueryPlan<>(List.of(new ShardQuery<>(shard, query)), answers -> answers.get(0));
  }

  private static <R> List<ShardQuery<R>> parts(
      SearchQuery<R> query, KeyRange range, Catalogue catalogue, ShardMap shards) {
    return onlyKey(range)
        .map(key -> IntStream.of(shards.shardOf(catalogue, query.collection(), key)))
        .orElseGet(() -> IntStream.range(0, shards.shards()))
        .mapToObj(shard -> new ShardQuery<R>(shard, query))
        .toList();
  }

  /** The key that a range consists of. */
  private static Optional<Key> onlyKey(KeyRange range) {
    byte[] from = range.from();
    return from != null
            && range.fromInclusive()
            && range.toInclusive()
            && Arrays.equals(from, range.to())
        ? Optional.of(Key.ofEncoded(from))
        : Optional.empty();
  }
}
