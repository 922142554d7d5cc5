package dev.weir.query.routing;

import dev.weir.query.PeerReply;
import dev.weir.query.Peers;
import dev.weir.query.Result;
import dev.weir.query.ShardQuery;
import dev.weir.store.Demand;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.read.GatedReads;
import dev.weir.store.routing.NodeEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.Uuid;

/**
 * Waits until a standby of a shard has folded what its active has: asks every standby at once for
 * any answer at the write's position, and takes the first.
 */
final class Replication {
  /** What is asked is of no interest, only that the replica is far enough to answer. */
  private static final Query<Query.Reached> ANYTHING = new Query.Progress(0, Uuid.ZERO_UUID, 0);

  private final String here;
  private final GatedReads reads;
  private final TableSource tables;
  private final Peers peers;
  private final Duration patience;

  Replication(String here, GatedReads reads, TableSource tables, Peers peers, Duration patience) {
    this.here = here;
    this.reads = reads;
    this.tables = tables;
    this.peers = peers;
    this.patience = patience;
  }

  /** Whether anybody could be waited for. */
  boolean possible(int shard) {
    return !tables.table().standbys(shard).isEmpty();
  }

  /** The result of a write, once a standby has it too. */
  CompletableFuture<Result<Outcome>> await(Result<Outcome> written) {
    CompletableFuture<Result<Outcome>> end = new CompletableFuture<>();
    if (!(written instanceof Result.Success<Outcome> success) || !changes(success.value())) {
      end.complete(written);
      return end;
    }
    Result.Source source = success.sources().get(0);
    List<NodeEntry> standbys =
        tables.table().standbys(source.shard()).stream()
            .filter(node -> !node.node().equals(source.node()))
            .toList();
    AtomicInteger missing = new AtomicInteger(standbys.size());
    for (NodeEntry standby : standbys) {
      CompletableFuture<Void> unused =
          ask(standby, source.shard(), source.position().offset())
              .thenAccept(
                  reached -> {
                    if (reached) {
                      end.complete(written);
                    } else if (missing.decrementAndGet() == 0) {
                      end.complete(alone(source.shard()));
                    }
                  });
    }
    if (standbys.isEmpty()) {
      end.complete(alone(source.shard()));
    }
    return end;
  }

  private CompletableFuture<Boolean> ask(NodeEntry standby, int shard, long offset) {
    Demand demand = Demand.reached(offset, patience);
    if (standby.node().equals(here)) {
      return reads
          .read(shard, ANYTHING, demand)
          .thenApply(result -> result instanceof ReadResult.Answer);
    }
    return peers
        .read(standby, List.of(new ShardQuery<>(shard, ANYTHING, demand)), patience)
        .thenApply(
            reply ->
                reply instanceof PeerReply.Answered<List<ReadResult<Query.Reached>>> answered
                    && answered.value().get(0) instanceof ReadResult.Answer);
  }

  private static Result<Outcome> alone(int shard) {
    return new Result.Failure<>(
        new Refusal.NotReplicated(
            shard, "the write is applied, and no standby has confirmed it in time"));
  }

  private static boolean changes(Outcome outcome) {
    return outcome instanceof Outcome.Stored
        || outcome instanceof Outcome.Removed
        || outcome instanceof Outcome.Batched
        || (outcome instanceof Outcome.Repeated repeated && changes(repeated.kept()));
  }
}
