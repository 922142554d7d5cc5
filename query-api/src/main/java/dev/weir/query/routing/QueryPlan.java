package dev.weir.query.routing;

import dev.weir.query.ShardQuery;
import dev.weir.store.AuditQuery;
import dev.weir.store.Catalogue;
import dev.weir.store.ChangeQuery;
import dev.weir.store.GraphQuery;
import dev.weir.store.Query;
import dev.weir.store.SearchQuery;
import dev.weir.store.ShardMap;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A query cut into one question per shard, and how their answers become one answer.
 *
 * @param <R> the answer's type
 * @param parts ordered by shard, each shard at most once, or so for each of several questions;
 *     empty if nothing needs to be asked
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
    if (query instanceof GraphQuery.Tally tally) {
      return single(tally.shard(), query);
    }
    if (query instanceof AuditQuery<R> audit) {
      return single(audit.shard(), query);
    }
    if (query instanceof ChangeQuery<R> change) {
      return single(change.shard(), query);
    }
    if (query instanceof SearchQuery<R> search) {
      return (QueryPlan<R>) SearchPlan.of(search, catalogue, shards);
    }
    if (query instanceof Query.Several several) {
      return (QueryPlan<R>) SeveralPlan.of(several, catalogue, shards);
    }
    QueryPlan<?> keyed = keyed(query, catalogue, shards);
    if (keyed != null) {
      return (QueryPlan<R>) keyed;
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

  /** The plan of a question about a list of keys; null = it is another one. */
  private static @Nullable QueryPlan<?> keyed(
      Query<?> query, Catalogue catalogue, ShardMap shards) {
    if (query instanceof Query.MultiGet get) {
      return KeyedPlan.of(
          get.keys(),
          catalogue.collection(get.collection()).orElse(null),
          shards,
          keys -> new Query.MultiGet(get.collection(), keys));
    } else if (query instanceof Query.Select select) {
      return KeyedPlan.of(
          select.keys(),
          catalogue.collection(select.collection()).orElse(null),
          shards,
          keys -> new Query.Select(select.collection(), keys, select.filter(), select.fields()));
    } else if (query instanceof GraphQuery.Visit visit) {
      return KeyedPlan.of(
          visit.vertices(),
          null,
          shards,
          keys ->
              new GraphQuery.Visit(
                  visit.collection(),
                  keys,
                  visit.documents(),
                  visit.filter(),
                  visit.fields(),
                  visit.along(),
                  visit.most()));
    } else if (query instanceof GraphQuery.Expand expand) {
      return KeyedPlan.of(
          expand.vertices(),
          null,
          shards,
          keys ->
              new GraphQuery.Expand(
                  expand.collection(),
                  expand.side(),
                  keys,
                  expand.limit(),
                  expand.after(),
                  expand.filter(),
                  expand.values()));
    } else if (query instanceof GraphQuery.Degrees degrees) {
      return KeyedPlan.of(
          degrees.vertices(),
          null,
          shards,
          keys -> new GraphQuery.Degrees(degrees.collection(), degrees.side(), keys));
    }
    return null;
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
}
