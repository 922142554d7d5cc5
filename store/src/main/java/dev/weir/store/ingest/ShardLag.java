package dev.weir.store.ingest;

/** Says how far the shards are behind their logs. Asked often; safe from any thread. */
@FunctionalInterface
public interface ShardLag {

  /** Records of the shard's log that its active has not folded, as last heard; -1 = unknown. */
  long lag(int shard);
}
