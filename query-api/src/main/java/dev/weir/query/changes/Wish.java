package dev.weir.query.changes;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.Filter;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.ShardMap;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to follow.
 *
 * @param collection that keeps its changes
 * @param range which keys
 * @param filter which documents; null = all. One that matches no more is told of as removed, and so
 *     may be one that never matched
 * @param base whether the documents that are there come first
 */
public record Wish(
    CollectionDefinition collection, KeyRange range, @Nullable Filter filter, boolean base) {

  /** The one key that is followed; null = a range is. */
  @Nullable Key key() {
    byte[] from = range.from();
    return from != null
            && range.fromInclusive()
            && range.toInclusive()
            && Arrays.equals(from, range.to())
        ? Key.ofEncoded(from)
        : null;
  }

  /** The shards that are concerned, in order. */
  List<Integer> shards(ShardMap shards) {
    Key key = key();
    return key == null
        ? IntStream.range(0, shards.shards()).boxed().toList()
        : List.of(shards.shardOf(collection, key));
  }
}
