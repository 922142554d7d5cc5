package dev.weir.query;

import dev.weir.store.Ack;
import dev.weir.store.Catalogue;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ShardMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The whole database as any node offers it: every question is answered here or at the nodes that
 * own the shards, in at most one hop. Safe from any thread. What depends on a future may run on a
 * thread that reads the network: unless an implementation says more, it must not block.
 */
public interface Database {

  /** The definitions as this node knows them. */
  Catalogue catalogue();

  /** What questions about the contents of documents may take. */
  default SearchLimits searchLimits() {
    return SearchLimits.defaults();
  }

  /**
   * Names of collections that show less than there is just now, because what they are made of is on
   * its way from other shards: after a clone those with keys from fields, and edge types, whose
   * other ends lack them. Usually empty; one that has come is named for some seconds more.
   */
  default Set<String> incomplete() {
    return Set.of();
  }

  /** The shards of the current generation. */
  ShardMap shards();

  /**
   * Asks all shards that the query touches and merges what they say: documents in the order of the
   * keys, or in key order for scans, with at most {@link Query.Scan#limit} in all.
   *
   * @return never completes exceptionally
   */
  <R> CompletableFuture<Result<R>> ask(Query<R> query, ReadOptions options);

  /** Asks at the collection's own level, see {@link ReadOptions#DEFAULTS}. */
  default <R> CompletableFuture<Result<R>> ask(Query<R> query) {
    return ask(query, ReadOptions.DEFAULTS);
  }

  /** The same as {@link #submit(Operation, Ack)} with {@link Ack#APPLIED}. */
  default CompletableFuture<Result<Outcome>> submit(Operation operation) {
    return submit(operation, Ack.APPLIED);
  }

  /**
   * Has the owner of the operation's shard append it to the log and fold it.
   *
   * @param operation all its changes are of one shard
   * @param ack how much is waited for
   * @return never completes exceptionally
   */
  CompletableFuture<Result<Outcome>> submit(Operation operation, Ack ack);

  /** Nodes and shards, live where the nodes answer, else as they last published. */
  CompletableFuture<ClusterView> cluster();
}
