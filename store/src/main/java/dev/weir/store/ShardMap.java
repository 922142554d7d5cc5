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

  /**
   * The shard whose log takes an operation; of a batch, the one of its first change. Definitions go
   * to shard 0.
   */
  public int shardOf(Operation operation) {
    if (operation instanceof Operation.Change change) {
      return shardOf(change.key());
    }
    if (operation instanceof Operation.When when) {
      return shardOf(when.change().key());
    }
    if (operation instanceof Operation.Batch batch) {
      return shardOf(batch.changes().get(0).change().key());
    }
    if (operation instanceof Operation.Once once) {
      return shardOf(once.operation());
    }
    return operation instanceof Operation.Track track ? shardOf(track.rowKey()) : 0;
  }
}
