package dev.weir.query.routing;

import dev.weir.query.ShardQuery;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.Query;
import dev.weir.store.ShardMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A query cut into one question per shard, and how their answers become one answer.
 *
 * @param <R> the answer's type
 * @param parts ordered by shard, each shard at most once; empty if nothing needs to be asked
 * @param merge makes the whole answer
 */
public record QueryPlan<R>(List<ShardQuery<R>> parts, Merge<R> merge) {
  public QueryPlan {
    parts = List.copyOf(parts);
  }

  /** Makes one answer of the parts' answers, which come in the order of the parts. */
  @FunctionalInterface
  public interface Merge<R> {
    R merge(List<R> answers);
  }

  /**
   * Cuts a query for an application with these shards.
   *
   * @param catalogue says which collections are edges
   * @throws IllegalArgumentException if it is for the replicas of one shard only
   */
  @SuppressWarnings("unchecked") // each kind of query fixes its answer's type
  public static <R> QueryPlan<R> of(Query<R> query, Catalogue catalogue, ShardMap shards) {
    if (query instanceof Query.Get get) {
      return single(shards.shardOf(catalogue, get.collection(), get.key()), query);
    }
    if (query instanceof Query.MultiGet get) {
      return (QueryPlan<R>)
          multiGet(get, catalogue.collection(get.collection()).orElse(null), shards);
    }
    if (query instanceof Query.Decision) {
      throw new IllegalArgumentException("does not say which shard is asked: " + query);
    }
    if (shards.shards() == 1) {
      return single(0, query);
    }
    if (query instanceof Query.Scan scan) {
      return (QueryPlan<R>) everywhere(scan, shards, pages -> PageMerge.merge(scan, pages));
    }
    if (query instanceof Query.Progress progress) {
      return (QueryPlan<R>) everywhere(progress, shards, QueryPlan::together);
    }
    return (QueryPlan<R>) everywhere((Query.Count) query, shards, QueryPlan::sum);
  }

  private static <R> QueryPlan<R> single(int shard, Query<R> query) {
    return new QueryPlan<>(List.of(new ShardQuery<>(shard, query)), answers -> answers.get(0));
  }

  private static <R> QueryPlan<R> everywhere(Query<R> query, ShardMap shards, Merge<R> merge) {
    return new QueryPlan<>(
        IntStream.range(0, shards.shards()).mapToObj(s -> new ShardQuery<>(s, query)).toList(),
        merge);
  }

  private static Query.Reached together(List<Query.Reached> answers) {
    return answers.stream().reduce(Query.Reached::and).orElseThrow();
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private static QueryPlan<List<Optional<Document>>> multiGet(
      Query.MultiGet query, @Nullable CollectionDefinition collection, ShardMap shards) {
    Map<Integer, List<Key>> byShard = new TreeMap<>();
    int[] shardOfKey = new int[query.keys().size()];
    for (int i = 0; i < shardOfKey.length; i++) {
      Key key = query.keys().get(i);
      shardOfKey[i] = shards.shardOf(collection, key);
      byShard.computeIfAbsent(shardOfKey[i], s -> new ArrayList<>()).add(key);
    }
    List<ShardQuery<List<Optional<Document>>>> parts = new ArrayList<>(byShard.size());
    int[] partOfShard = new int[shards.shards()];
    byShard.forEach(
        (shard, keys) -> {
          partOfShard[shard] = parts.size();
          parts.add(new ShardQuery<>(shard, new Query.MultiGet(query.collection(), keys)));
        });
    return new QueryPlan<>(
        parts,
        answers -> {
          int[] next = new int[parts.size()];
          List<Optional<Document>> merged = new ArrayList<>(shardOfKey.length);
          for (int shard : shardOfKey) {
            int part = partOfShard[shard];
            merged.add(answers.get(part).get(next[part]++));
          }
          return merged;
        });
  }
}
