package dev.weir.store;

import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Which shard holds a key: murmur2 of the shard key modulo the number of shards.
 *
 * @param shards number of shards of this generation, at least 1
 */
public record ShardMap(int shards) {
  public ShardMap {
    if (shards < 1) {
      throw new IllegalArgumentException("an application has at least 1 shard, not " + shards);
    }
  }

  /** The shard of an encoded key, 0 to {@code shards - 1}. */
  public int shardOf(byte[] shardKey) {
    return Utils.toPositive(Utils.murmur2(shardKey)) % shards;
  }

  /** The shard of a key that nothing but itself divides: any but that of an edge. */
  public int shardOf(Key key) {
    return shardOf(key.bytes());
  }

  /**
   * The shard of a document: of an edge, the one of the document it begins at.
   *
   * @param collection null = one that is not known, whose documents nobody has
   * @throws IllegalArgumentException if it is a collection of edges and the key none of theirs
   */
  public int shardOf(@Nullable CollectionDefinition collection, Key key) {
    return shardOf(shardKey(collection, key));
  }

  /** The shard of a document of the collection with an id. */
  public int shardOf(Catalogue catalogue, int collection, Key key) {
    return shardOf(catalogue.collection(collection).orElse(null), key);
  }

  /**
   * The shard whose log takes an operation; of a batch, the one of its first change. Definitions go
   * to shard 0.
   */
  public int shardOf(Catalogue catalogue, Operation operation) {
    if (operation instanceof Operation.Change change) {
      return shardOf(catalogue, change.collection(), change.key());
    }
    if (operation instanceof Operation.When when) {
      return shardOf(catalogue, when.change());
    }
    if (operation instanceof Operation.Batch batch) {
      return shardOf(catalogue, batch.changes().get(0));
    }
    if (operation instanceof Operation.Once once) {
      return shardOf(catalogue, once.operation());
    }
    return operation instanceof Operation.Track track ? shardOf(track.rowKey()) : 0;
  }

  /** What decides the shard of a document. */
  public static byte[] shardKey(@Nullable CollectionDefinition collection, Key key) {
    return collection == null || collection.edge() == null
        ? key.bytes()
        : EdgeKeys.of(collection).from(key).bytes();
  }
}
