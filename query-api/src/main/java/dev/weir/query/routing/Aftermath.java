package dev.weir.query.routing;

import dev.weir.query.PeerReply;
import dev.weir.query.Peers;
import dev.weir.query.Result;
import dev.weir.query.ShardQuery;
import dev.weir.store.Demand;
import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.read.GatedReads;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what was decided about a command that is in the log, and whose shard left the node that
 * had appended it: asks all replicas at once, until one of them has folded the command and knows,
 * or nobody can know.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is chained here does not throw
final class Aftermath {
  private final LocalShards local;
  private final GatedReads reads;
  private final TableSource tables;
  private final Peers peers;
  private final Attempts attempts;
  private final int shard;
  private final Query.Decision question;
  private final CompletableFuture<Optional<Known>> result = new CompletableFuture<>();

  /**
   * What became of the command.
   *
   * @param outcome what was decided
   * @param source the replica that said so
   */
  record Known(Outcome outcome, Result.Source source) {}

  /**
   * A command of a shard.
   *
   * @param offset of its record in the shard's log
   */
  Aftermath(
      LocalShards local,
      TableSource tables,
      Peers peers,
      Attempts attempts,
      int shard,
      long offset) {
    this.local = local;
    this.reads = new GatedReads(local.reader(), local.gate());
    this.tables = tables;
    this.peers = peers;
    this.attempts = attempts;
    this.shard = shard;
    this.question = new Query.Decision(offset);
  }

  /** Empty = nobody knows any more, or not in time; never completes exceptionally. */
  CompletableFuture<Optional<Known>> find() {
    round();
    return result;
  }

  private void round() {
    RoutingTable table = tables.table();
    Duration patience = attempts.callTimeout();
    Demand demand = Demand.reached(question.offset(), patience);
    List<NodeEntry> others = new ArrayList<>();
    for (NodeEntry node : table.nodes().values()) {
      if (!node.node().equals(local.node()) && node.shard(shard).isPresent()) {
        others.add(node);
      }
    }
    Round round = new Round(table, others.size() + 1);
    for (NodeEntry node : others) {
      peers
          .read(node, List.of(new ShardQuery<>(shard, question, demand)), patience)
          .whenComplete((reply, failure) -> round.take(node.node(), answer(reply)));
    }
    reads
        .read(shard, question, demand)
        .whenComplete((answer, failure) -> round.take(local.node(), answer));
  }

  private static @Nullable ReadResult<Optional<Outcome>> answer(
      @Nullable PeerReply<List<ReadResult<Optional<Outcome>>>> reply) {
    return reply instanceof PeerReply.Answered<List<ReadResult<Optional<Outcome>>>> answered
        ? answered.value().get(0)
        : null;
  }

  /** Each replica asked once. */
  private final class Round {
    private final RoutingTable table;
    private final AtomicInteger expected;
    private volatile boolean hopeless;

    Round(RoutingTable table, int asked) {
      this.table = table;
      this.expected = new AtomicInteger(asked);
    }

    void take(String node, @Nullable ReadResult<Optional<Outcome>> read) {
      if (read instanceof ReadResult.Answer<Optional<Outcome>> answer) {
        if (answer.value().isPresent()) {
          known(node, answer.value().get(), answer.position());
        } else if (serves(node)) {
          hopeless = true;
        }
      }
      if (expected.decrementAndGet() == 0 && !result.isDone()) {
        if (hopeless || attempts.over() || local.withoutLog(shard).isPresent()) {
          result.complete(Optional.empty());
        } else {
          attempts.retry(table.version(), -1, Aftermath.this::round);
        }
      }
    }

    /** What the active has folded and forgotten, nobody will remember later. */
    private boolean serves(String node) {
      NodeEntry active = table.actives().get(shard);
      return active != null
          && active.node().equals(node)
          && active.shard(shard).filter(HeldShard::serving).isPresent();
    }

    private void known(String node, Outcome outcome, Position position) {
      result.complete(Optional.of(new Known(outcome, new Result.Source(shard, node, position))));
    }
  }
}
