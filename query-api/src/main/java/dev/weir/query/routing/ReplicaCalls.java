package dev.weir.query.routing;

import dev.weir.query.PeerReply;
import dev.weir.query.Peers;
import dev.weir.query.ShardQuery;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.routing.NodeEntry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Calls other nodes for reads, and learns from point reads how fast each of them is: to choose the
 * fastest replica, and to ask a second one when the first is slower than it usually is.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is chained here does not throw
final class ReplicaCalls {
  /** A node that was not asked for so long is asked beside the one that is chosen. */
  private static final long FORGOTTEN = TimeUnit.SECONDS.toNanos(1);

  /** What a call counts as that a node refused or lost, so that others are chosen for a while. */
  private static final long FAILURE = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long LEAST_DELAY = TimeUnit.MILLISECONDS.toNanos(1);

  private final Peers peers;
  private final RouterTime time;
  private final NodeSpeeds speeds = new NodeSpeeds();
  private final HedgeBudget budget;
  private final LongAdder calls = new LongAdder();
  private final LongAdder hedges = new LongAdder();
  private final LongAdder won = new LongAdder();
  private final LongAdder probes = new LongAdder();

  /**
   * Calls of one node to the others.
   *
   * @param hedgeShare of the calls that may be made a second time, from 0 to 1
   */
  ReplicaCalls(Peers peers, RouterTime time, double hedgeShare) {
    this.peers = peers;
    this.time = time;
    this.budget = new HedgeBudget(hedgeShare);
  }

  void bindTo(MeterRegistry metrics) {
    count(metrics, "calls", calls, "Reads at other nodes, one per call");
    count(metrics, "hedges", hedges, "Reads that were sent to a second replica as well");
    count(metrics, "hedges.won", won, "Reads whose second replica answered first");
    count(metrics, "probes", probes, "Reads that were sent to learn a node's speed");
  }

  private static void count(MeterRegistry metrics, String name, LongAdder adder, String text) {
    FunctionCounter.builder("weir.route." + name, adder, LongAdder::sum)
        .description(text)
        .register(metrics);
  }

  /** What another point read at a node would cost; nodes that are not known cost nothing. */
  double cost(String node) {
    return speeds.cost(node);
  }

  /** Asks one node. */
  <R> CompletableFuture<PeerReply<List<ReadResult<R>>>> read(
      NodeEntry node, List<ShardQuery<R>> questions, Duration timeout) {
    calls.increment();
    if (questions.size() > 1 || !(questions.get(0).query() instanceof Query.Get)) {
      return peers.read(node, questions, timeout);
    }
    NodeSpeed speed = speeds.of(node.node());
    long start = time.nanoTime();
    speed.asked(start);
    CompletableFuture<PeerReply<List<ReadResult<R>>>> reply = peers.read(node, questions, timeout);
    reply.whenComplete((answer, failure) -> learn(speed, start, answer));
    return reply;
  }

  private void learn(NodeSpeed speed, long start, @Nullable PeerReply<?> reply) {
    long now = time.nanoTime();
    if (reply instanceof PeerReply.Answered) {
      speed.answered(now, now - start);
    } else if (reply == null) {
      speed.takenBack(now, now - start);
    } else {
      speed.answered(now, Math.max(FAILURE, now - start));
    }
  }

  /**
   * An answer and who gave it.
   *
   * @param node the one that gave it
   */
  record Reply<R>(NodeEntry node, @Nullable PeerReply<List<ReadResult<R>>> answer) {
    private boolean isGood() {
      return answer instanceof PeerReply.Answered<List<ReadResult<R>>> answered
          && answered.value().stream().allMatch(ReadResult.Answer.class::isInstance);
    }
  }

  /**
   * Asks a node, and another replica's node too if the first is slower than it usually is and the
   * budget allows it. The first good answer counts, and the other call is taken back.
   *
   * @param second is as good as the first
   * @return never completes exceptionally; cancelling it takes both calls back
   */
  <R> CompletableFuture<Reply<R>> hedged(
      NodeEntry first, NodeEntry second, List<ShardQuery<R>> questions, Duration timeout) {
    budget.earn();
    probe(second, questions, timeout);
    long usual = speeds.of(first.node()).tail();
    Race<R> race = new Race<>();
    race.enter(first, read(first, questions, timeout));
    if (usual < timeout.toNanos() && !race.result.isDone()) {
      long delay = Math.max(LEAST_DELAY, usual + usual / 2);
      time.after(
          Duration.ofNanos(delay),
          () -> {
            if (!race.result.isDone() && budget.spend()) {
              hedges.increment();
              race.enter(second, read(second, questions, timeout));
            }
          });
    }
    return race.result;
  }

  private <R> void probe(NodeEntry node, List<ShardQuery<R>> questions, Duration timeout) {
    if (speeds.of(node.node()).unknownSince(time.nanoTime(), FORGOTTEN)) {
      probes.increment();
      read(node, questions, timeout);
    }
  }

  /** Calls for the same thing. */
  private final class Race<R> {
    private final CompletableFuture<Reply<R>> result = new CompletableFuture<>();
    private int running; // under "this"
    private boolean second; // under "this"

    void enter(NodeEntry node, CompletableFuture<PeerReply<List<ReadResult<R>>>> call) {
      boolean hedge;
      synchronized (this) {
        hedge = second;
        second = true;
        running++;
      }
      call.whenComplete((answer, failure) -> arrived(new Reply<>(node, answer), hedge));
      // Whoever loses is taken back; no effect on one that is over.
      result.whenComplete((reply, failure) -> call.cancel(false));
    }

    private void arrived(Reply<R> reply, boolean hedge) {
      boolean last;
      synchronized (this) {
        last = --running == 0;
      }
      if ((reply.isGood() || last) && result.complete(reply) && hedge) {
        won.increment();
      }
    }
  }
}
