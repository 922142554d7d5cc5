package dev.weir.query.routing;

import dev.weir.query.ShardQuery;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Key;
import dev.weir.store.Query;
import dev.weir.store.ShardMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Questions about a list of keys, one answer for each: cut by the keys' shards. */
final class KeyedPlan {
  private KeyedPlan() {}

  /**
   * The plan for a list of keys.
   *
   * @param collection of the documents under the keys; null = it is not known
   * @param part the question about some of the keys
   */
  static <T> QueryPlan<List<T>> of(
      List<Key> keys,
      @Nullable CollectionDefinition collection,
      ShardMap shards,
      Function<List<Key>, Query<List<T>>> part) {
    Map<Integer, List<Key>> byShard = new TreeMap<>();
    int[] shardOfKey = new int[keys.size()];
    for (int i = 0; i < shardOfKey.length; i++) {
      Key key = keys.get(i);
      shardOfKey[i] = shards.shardOf(collection, key);
      byShard.computeIfAbsent(shardOfKey[i], s -> new ArrayList<>()).add(key);
    }
    List<ShardQuery<List<T>>> parts = new ArrayList<>(byShard.size());
    int[] partOfShard = new int[shards.shards()];
    byShard.forEach(
        (shard, theirs) -> {
          partOfShard[shard] = parts.size();
          parts.add(new ShardQuery<>(shard, part.apply(theirs)));
        });
    return new QueryPlan<>(
        parts,
        answers -> {
          int[] next = new int[parts.size()];
          List<T> merged = new ArrayList<>(shardOfKey.length);
          for (int shard : shardOfKey) {
            int from = partOfShard[shard];
            merged.add(answers.get(from).get(next[from]++));
          }
          return merged;
        });
  }
}
