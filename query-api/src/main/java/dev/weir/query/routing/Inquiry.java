package dev.weir.query.routing;

import dev.weir.query.Caller;
import dev.weir.query.PeerReply;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.ShardQuery;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.read.GatedReads;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One question on its way: asks this node's replicas and, in one call each, the other nodes; what
 * is not answered goes to the next replica at once, and when none is left, to all of them again a
 * little later.
 *
 * <p>Rounds follow each other; within one, every part is written by one thread, and the thread that
 * takes {@link #expected} to 0 reads them all.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is chained here does not throw
final class Inquiry<R> {
  private final LocalShards local;
  private final GatedReads reads;
  private final TableSource tables;
  private final ReplicaCalls calls;
  private final Attempts attempts;
  private final Reading reading;
  private final ReadOptions options;
  private final QueryPlan<R> plan;
  private final List<Part<R>> parts;
  private final AtomicInteger expected = new AtomicInteger();
  private final Queue<CompletableFuture<?>> underWay = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Result<R>> result = new CompletableFuture<>();

  Inquiry(
      LocalShards local,
      TableSource tables,
      ReplicaCalls calls,
      Attempts attempts,
      Asked asked,
      QueryPlan<R> plan) {
    this.local = local;
    this.reads = new GatedReads(local.reader(), local.gate());
    this.tables = tables;
    this.calls = calls;
    this.attempts = attempts;
    this.reading = asked.reading();
    this.options = asked.options();
    this.plan = plan;
    this.parts = plan.parts().stream().map(Part<R>::new).toList();
  }

  /**
   * How a question is asked.
   *
   * @param options as the caller gave them
   * @param reading what follows from them for this question
   */
  record Asked(ReadOptions options, Reading reading) {}

  CompletableFuture<Result<R>> result() {
    return result;
  }

  /** Asks until there is an answer, or the caller leaves. */
  void start() {
    Caller caller = options.caller();
    if (caller == Caller.PATIENT) {
      attempt();
      return;
    }
    Runnable left = this::drop;
    caller.whenGone(left);
    result.whenComplete((answer, failure) -> caller.forget(left));
    attempt();
  }

  private void drop() {
    if (result.complete(new Result.Failure<>(new Refusal.Overloaded("the caller has left")))) {
      underWay.forEach(call -> call.cancel(false));
    }
  }

  /** Asks for all parts that have no answer yet, unless nobody waits any more. */
  private void attempt() {
    if (result.isDone()) {
      return;
    }
    RoutingTable table = tables.table();
    for (Part<R> part : parts) {
      if (!part.answered()) {
        part.begin(
            ReplicaChoice.of(reading, table, part.question().shard(), local.node(), calls::cost));
      }
    }
    round(table.version());
  }

  private void round(long usedVersion) {
    List<Runnable> here = new ArrayList<>();
    SortedMap<String, Batch<R>> elsewhere = new TreeMap<>();
    for (Part<R> part : parts) {
      if (part.goesOn()) {
        Replica replica = part.advance();
        Duration timeout =
            Patience.ofCall(
                attempts, reading, replica.part(), part.atLast(), part.question().query());
        ShardQuery<R> question =
            Patience.demanding(part.question(), reading, replica.part(), timeout);
        NodeEntry node = replica.node();
        if (node == null) {
          here.add(() -> read(part, question, usedVersion));
        } else {
          elsewhere
              .computeIfAbsent(node.node(), id -> new Batch<>(node))
              .add(part, question, timeout);
        }
      }
    }
    expected.set(elsewhere.size() + here.size() + 1);
    elsewhere.values().forEach(batch -> call(batch, usedVersion));
    here.forEach(Runnable::run);
    roundMayBeOver(usedVersion);
  }

  /** What one node is asked in one call. */
  private static final class Batch<R> {
    private final NodeEntry node;
    private final List<Part<R>> parts = new ArrayList<>();
    private final List<ShardQuery<R>> questions = new ArrayList<>();
    private Duration timeout = Duration.ZERO;

    Batch(NodeEntry node) {
      this.node = node;
    }

    /** The node that may be asked as well; null = none. */
    @Nullable NodeEntry hedge(Reading reading) {
      return reading.eventual()
              && parts.size() == 1
              && questions.get(0).query() instanceof Query.Get
          ? parts.get(0).other()
          : null;
    }

    void add(Part<R> part, ShardQuery<R> question, Duration patience) {
      parts.add(part);
      questions.add(question);
      timeout = timeout.compareTo(patience) < 0 ? patience : timeout;
    }
  }

  private void read(Part<R> part, ShardQuery<R> question, long usedVersion) {
    reads
        .read(question.shard(), question.query(), question.demand())
        .thenAccept(
            read -> {
              part.take(read, local.node(), -1);
              roundMayBeOver(usedVersion);
            });
  }

  private void call(Batch<R> batch, long usedVersion) {
    NodeEntry other = batch.hedge(reading);
    if (other != null) {
      var call = calls.hedged(batch.node, other, batch.questions, batch.timeout);
      follow(call);
      call.whenComplete(
          (reply, failure) ->
              take(
                  batch,
                  reply == null ? batch.node : reply.node(),
                  reply == null ? null : reply.answer(),
                  usedVersion));
    } else {
      var call = calls.read(batch.node, batch.questions, batch.timeout);
      follow(call);
      call.whenComplete((reply, failure) -> take(batch, batch.node, reply, usedVersion));
    }
  }

  /** Has a call taken back if the caller leaves before it is answered. */
  private void follow(CompletableFuture<?> call) {
    if (options.caller() == Caller.PATIENT || call.isDone()) {
      return;
    }
    underWay.add(call);
    if (result.isDone()) {
      call.cancel(false);
    }
  }

  private void take(
      Batch<R> batch,
      NodeEntry node,
      @Nullable PeerReply<List<ReadResult<R>>> reply,
      long usedVersion) {
    for (int i = 0; i < batch.parts.size(); i++) {
      take(batch.parts.get(i), i, node.node(), reply);
    }
    roundMayBeOver(usedVersion);
  }

  private void take(
      Part<R> part, int index, String node, @Nullable PeerReply<List<ReadResult<R>>> reply) {
    if (reply instanceof PeerReply.Answered<List<ReadResult<R>>> answered) {
      part.take(answered.value().get(index), node, answered.routingVersion());
    } else if (reply instanceof PeerReply.Refused<List<ReadResult<R>>> refused) {
      part.take(new ReadResult.Refused<>(refused.refusal()), node, -1);
    } else {
      Refusal gone = new Refusal.Unreachable(part.question().shard(), node);
      part.take(new ReadResult.Refused<>(gone), node, -1);
    }
  }

  private void roundMayBeOver(long usedVersion) {
    if (expected.decrementAndGet() > 0) {
      return;
    }
    if (result.isDone()) {
      return;
    }
    if (parts.stream().anyMatch(Part::goesOn)) {
      round(usedVersion);
    } else {
      attemptIsOver(usedVersion);
    }
  }

  private void attemptIsOver(long usedVersion) {
    Part<R> passing = null;
    Optional<Refusal> lasting = Optional.empty();
    for (Part<R> part : parts) {
      if (part.result() instanceof ReadResult.Refused<R> refused) {
        if (!mayPass(refused.refusal()) && !mayLack(refused.refusal())) {
          result.complete(new Result.Failure<>(refused.refusal()));
          return;
        }
        if (passing == null) {
          passing = part;
          lasting = lasting(part.question().shard(), refused.refusal());
        }
      }
    }
    if (passing == null) {
      result.complete(merged());
    } else if (mayBePartial()) {
      result.complete(PartialAnswer.of(plan, parts));
    } else if (lasting.isPresent()) {
      result.complete(new Result.Failure<>(lasting.get()));
    } else if (attempts.over()) {
      result.complete(new Result.Failure<>(Attempts.last(passing.why())));
    } else {
      long seenVersion = parts.stream().mapToLong(Part::seenVersion).max().orElse(-1);
      attempts.retry(usedVersion, seenVersion, this::attempt);
    }
  }

  /**
   * What to say at once, because no waiting will help while Kafka is away. A replica that was not
   * reached may be, since that has nothing to do with Kafka.
   */
  private Optional<Refusal> lasting(int shard, Refusal refusal) {
    if (!reading.strong() && refusal instanceof Refusal.Unreachable) {
      return Optional.empty();
    }
    return local
        .withoutLog(shard)
        .map(silent -> reading.strong() ? silent : Attempts.last(refusal));
  }

  private boolean mayBePartial() {
    return options.partial() && parts.size() > 1;
  }

  /** The shard is there but cannot answer, and the caller can do without it. */
  private boolean mayLack(Refusal refusal) {
    return mayBePartial()
        && (refusal instanceof Refusal.Stopped
            || refusal instanceof Refusal.Overloaded
            || refusal instanceof Refusal.LogUnreachable);
  }

  /** A collection that this node knows is on its way to every shard. */
  private boolean mayPass(Refusal refusal) {
    return Attempts.mayPass(refusal)
        || (refusal instanceof Refusal.UnknownCollection unknown
            && local.catalogue().get().collection(unknown.collection()).isPresent());
  }

  private Result<R> merged() {
    List<R> answers = new ArrayList<>(parts.size());
    List<Result.Source> sources = new ArrayList<>(parts.size());
    for (Part<R> part : parts) {
      ReadResult.Answer<R> answer = (ReadResult.Answer<R>) part.result();
      answers.add(answer.value());
      sources.add(
          new Result.Source(answer.shard(), part.node(), answer.position(), answer.staleness()));
    }
    return new Result.Success<>(plan.merge().merge(answers), sources);
  }
}
