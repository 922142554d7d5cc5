package dev.weir.chaos.cluster;

import dev.weir.store.InvalidKeyException;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.ShardMap;

/** Which shard a key belongs to. */
public final class KeyShards {

  private static final ShardMap SHARDS = new ShardMap(Cluster.SHARDS);
  private static final KeyCodec KEYS = KeyCodec.of(KeyType.Scalar.STRING);

  private KeyShards() {}

  /** The number of the shard. */
  public static int shardOf(String key) {
    try {
      return SHARDS.shardOf(KEYS.encode(key));
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(key, e);
    }
  }
}
