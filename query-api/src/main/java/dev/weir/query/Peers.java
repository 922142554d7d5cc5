package dev.weir.query;

import dev.weir.store.ReadResult;
import dev.weir.store.ShardStatus;
import dev.weir.store.WriteResult;
import dev.weir.store.routing.NodeEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Calls to the other nodes: the port to whatever carries them. A called node answers from its own
 * shards and never calls on. No future completes exceptionally. Safe from any thread.
 */
public interface Peers {

  /**
   * Asks one node about several of its shards in one call.
   *
   * @param questions at least one
   * @param timeout after which the call counts as lost
   * @return one result per question, in their order
   */
  <R> CompletableFuture<PeerReply<List<ReadResult<R>>>> read(
      NodeEntry node, List<ShardQuery<R>> questions, Duration timeout);

  /** Has one node append an operation to the log of a shard and fold it. */
  CompletableFuture<PeerReply<WriteResult>> submit(
      NodeEntry node, ShardWrite write, Duration timeout);

  /** Asks one node what it holds. */
  CompletableFuture<PeerReply<List<ShardStatus>>> status(NodeEntry node, Duration timeout);

  /** Asks one node whose state is on its way to it; by default nobody's. */
  default CompletableFuture<PeerReply<List<Arriving>>> arriving(NodeEntry node, Duration timeout) {
    return CompletableFuture.completedFuture(new PeerReply.Answered<>(List.of(), -1));
  }
}
