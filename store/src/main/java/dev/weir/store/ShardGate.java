package dev.weir.store;

import java.util.concurrent.CompletableFuture;

/**
 * Lets a read through once this node's replica of a shard meets its demand. Safe from any thread.
 */
public interface ShardGate {

  /** Lets everything through at once: for shards that are always as new as can be. */
  ShardGate OPEN = (shard, demand) -> CompletableFuture.completedFuture(Admission.GRANTED);

  /**
   * Asks to be let through. What a replica meets already is answered in the call, without a lock;
   * else the future completes when the replica has got there, or when the patience is over.
   *
   * @return never completes exceptionally; what depends on it may run on a thread that other reads
   *     need, and must be quick
   */
  CompletableFuture<Admission> pass(int shard, Demand demand);
}
