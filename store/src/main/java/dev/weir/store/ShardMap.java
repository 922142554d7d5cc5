package dev.weir.store;

import org.apache.kafka.common.utils.Utils;

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

  /** The shard of a document key. */
  public int shardOf(Key key) {
    return shardOf(key.bytes());
  }
}
