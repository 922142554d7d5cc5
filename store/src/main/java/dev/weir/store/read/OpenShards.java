package dev.weir.store.read;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The registry of the shards that are open on this node. Safe from any thread. */
public final class OpenShards {
  private final AtomicReferenceArray<@Nullable OpenShard> shards;

  /** An empty registry for {@code count} shards. */
  public OpenShards(int count) {
    this.shards = new AtomicReferenceArray<>(count);
  }

  /** How many shards the generation has. */
  public int count() {
    return shards.length();
  }

  /** Makes a shard readable. */
  public void open(int shard, ShardView view) {
    if (!shards.compareAndSet(shard, null, new OpenShard(view))) {
      throw new IllegalStateException("shard " + shard + " is open already");
    }
  }

  /** Makes a shard unreadable and waits for its readers; harmless if it is not open. */
  public void close(int shard) {
    OpenShard open = shards.getAndSet(shard, null);
    if (open != null) {
      open.close();
    }
  }

  /** The shard, kept open until {@link #release} on the same thread; null if it is not open. */
  public @Nullable OpenShard acquire(int shard) {
    OpenShard open = shard >= 0 && shard < shards.length() ? shards.get(shard) : null;
    return open != null && open.acquire() ? open : null;
  }

  /** Gives back what {@link #acquire} gave. */
  public void release(OpenShard open) {
    open.release();
  }
}
