package dev.weir.query.routing;

import dev.weir.query.PeerReply;
import dev.weir.query.Peers;
import dev.weir.query.Result;
import dev.weir.query.ShardQuery;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One question on its way: asks this node's shards and, in one call each, the other nodes, and asks
 * again for the parts that were not answered.
 *
 * <p>Rounds follow each other; within one, every part is written by one thread, and the thread that
 * takes {@link #expected} to 0 reads them all.
 */
final class Inquiry<R> {
  private final LocalShards local;
  private final TableSource tables;
  private final Peers peers;
  private final Attempts attempts;
  private final QueryPlan<R> plan;
  private final @Nullable ReadResult<R>[] results;
  private final @Nullable String[] nodes;
  private final long[] seenVersions;
  private final AtomicInteger expected = new AtomicInteger();
  private final CompletableFuture<Result<R>> result = new CompletableFuture<>();

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  Inquiry(
      LocalShards local, TableSource tables, Peers peers, Attempts attempts, QueryPlan<R> plan) {
    this.local = local;
    this.tables = tables;
    this.peers = peers;
    this.attempts = attempts;
    this.plan = plan;
    int parts = plan.parts().size();
    this.results = (@Nullable ReadResult<R>[]) new ReadResult[parts];
    this.nodes = new String[parts];
    this.seenVersions = new long[parts];
  }

  CompletableFuture<Result<R>> result() {
    return result;
  }

  /** Asks for all parts that have no answer yet. */
  void attempt() {
    RoutingTable table = tables.table();
    List<Integer> here = new ArrayList<>();
    SortedMap<String, List<Integer>> elsewhere = new TreeMap<>();
    for (int part = 0; part < results.length; part++) {
      if (results[part] instanceof ReadResult.Answer) {
        continue;
      }
      NodeEntry owner = table.actives().get(plan.parts().get(part).shard());
      if (owner == null || owner.node().equals(local.node())) {
        here.add(part);
      } else {
        elsewhere.computeIfAbsent(owner.node(), node -> new ArrayList<>()).add(part);
      }
    }
    expected.set(elsewhere.size() + 1);
    elsewhere.values().forEach(parts -> call(table, parts));
    for (int part : here) {
      take(part, LocalReads.read(local.reader(), plan.parts().get(part)), local.node(), -1);
    }
    roundMayBeOver(table.version());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what is chained here does not throw
  private void call(RoutingTable table, List<Integer> parts) {
    List<ShardQuery<R>> questions = parts.stream().map(plan.parts()::get).toList();
    NodeEntry node =
        Objects.requireNonNull(table.actives().get(questions.get(0).shard()), "chosen above");
    peers
        .read(node, questions, attempts.callTimeout())
        .whenComplete(
            (reply, failure) -> {
              for (int i = 0; i < parts.size(); i++) {
                take(parts.get(i), questions.get(i).shard(), i, node.node(), reply);
              }
              roundMayBeOver(table.version());
            });
  }

  private void take(
      int part, int shard, int index, String node, @Nullable PeerReply<List<ReadResult<R>>> reply) {
    if (reply instanceof PeerReply.Answered<List<ReadResult<R>>> answered) {
      take(part, answered.value().get(index), node, answered.routingVersion());
    } else if (reply instanceof PeerReply.Refused<List<ReadResult<R>>> refused) {
      take(part, new ReadResult.Refused<>(refused.refusal()), node, -1);
    } else {
      take(part, new ReadResult.Refused<>(new Refusal.Unreachable(shard, node)), node, -1);
    }
  }

  private void take(int part, ReadResult<R> read, String node, long seenVersion) {
    results[part] = read;
    nodes[part] = node;
    seenVersions[part] = seenVersion;
  }

  private void roundMayBeOver(long usedVersion) {
    if (expected.decrementAndGet() > 0) {
      return;
    }
    Refusal passing = null;
    for (ReadResult<R> read : results) {
      if (read instanceof ReadResult.Refused<R> refused) {
        if (!mayPass(refused.refusal())) {
          result.complete(new Result.Failure<>(refused.refusal()));
          return;
        }
        passing = passing == null ? refused.refusal() : passing;
      }
    }
    if (passing == null) {
      result.complete(merged());
    } else if (attempts.over()) {
      result.complete(new Result.Failure<>(Attempts.last(passing)));
    } else {
      long seenVersion = Arrays.stream(seenVersions).max().orElse(-1);
      attempts.retry(usedVersion, seenVersion, this::attempt);
    }
  }

  /** A collection that this node knows is on its way to every shard. */
  private boolean mayPass(Refusal refusal) {
    return Attempts.mayPass(refusal)
        || (refusal instanceof Refusal.UnknownCollection unknown
            && local.catalogue().get().collection(unknown.collection()).isPresent());
  }

  private Result<R> merged() {
    List<R> answers = new ArrayList<>(results.length);
    List<Result.Source> sources = new ArrayList<>(results.length);
    for (int part = 0; part < results.length; part++) {
      ReadResult.Answer<R> answer = (ReadResult.Answer<R>) Objects.requireNonNull(results[part]);
      answers.add(answer.value());
      sources.add(
          new Result.Source(
              answer.shard(), Objects.requireNonNull(nodes[part]), answer.position()));
    }
    return new Result.Success<>(plan.merge().merge(answers), sources);
  }
}
