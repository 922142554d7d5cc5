package dev.weir.graph.engine;

import static java.util.Objects.requireNonNull;

import dev.weir.graph.Column;
import dev.weir.graph.Exchange;
import dev.weir.graph.RunOutcome;
import dev.weir.graph.RunReport;
import dev.weir.graph.SuperstepReport;
import dev.weir.graph.compact.GraphPart;
import dev.weir.graph.compact.ShardGraph;
import dev.weir.graph.engine.Announcement.Stop;
import dev.weir.graph.engine.Announcement.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** A run of an algorithm over the shards of a graph that are in this process. Thread-safe. */
public final class BatchRun {

  private final GraphPart graph;
  private final RunPlan plan;
  private final Exchange exchange;
  private final Executor executor;
  private final MemoryBudget.Share budget;
  private final List<ShardTask> tasks = new ArrayList<>();
  private final CompletableFuture<RunOutcome> outcome = new CompletableFuture<>();
  private final AtomicInteger running;
  private final long start = System.nanoTime();
  private volatile boolean cancelled;

  /** Of the supersteps so far; written by the thread of the first shard here. */
  private volatile Tally total = Tally.NONE;

  /** The last superstep that all shards have ended; written by that thread too. */
  private volatile int reached;

  private BatchRun(
      GraphPart graph,
      RunPlan plan,
      Exchange exchange,
      Executor executor,
      MemoryBudget.Share budget) {
    this.graph = graph;
    this.plan = plan;
    this.exchange = exchange;
    this.executor = executor;
    this.budget = budget;
    this.running = new AtomicInteger(graph.shards().size());
  }

  /**
   * Prepares and starts a run.
   *
   * @param exchange carries its messages; closed with the run
   * @param executor computes shards; its threads must have nothing else that is urgent
   * @param memory what the run may book; given back when it ends
   */
  public static BatchRun start(
      GraphPart graph, RunPlan plan, Exchange exchange, Executor executor, MemoryBudget memory) {
    BatchRun run = new BatchRun(graph, plan, exchange, executor, memory.share());
    try {
      run.prepare().forEach(ShardLoop::start);
    } catch (MemoryBudget.Exceeded e) {
      exchange.abandon(String.valueOf(e.getMessage()));
      run.complete(new RunOutcome.Refused(String.valueOf(e.getMessage())));
    } catch (RuntimeException | OutOfMemoryError e) {
      exchange.abandon("before superstep 0: " + e);
      run.complete(new RunOutcome.Failed(0, "before superstep 0: " + e));
    }
    return run;
  }

  private List<ShardLoop> prepare() {
    budget.reserve(graph.bytes(), "the graph");
    int shards = graph.shardCount();
    ShardSetup.Pools pools = new ShardSetup.Pools(graph.firsts()[shards], budget);
    List<ShardLoop> loops = new ArrayList<>();
    for (int shard : graph.shards().keySet()) {
      ShardPlace place = new ShardPlace(shard, graph.firsts());
      ShardTask task = task(place, pools);
      tasks.add(task);
      loops.add(new ShardLoop(place, task, this));
    }
    // Only now: others may have sent already, and a shard may take up its next superstep at once.
    exchange.onBroken(this::lost);
    int first = plan.keeping().firstSuperstep();
    for (ShardLoop loop : loops) {
      int shard = loop.shard();
      exchange.attach(shard, new Mailbox(shard, shards, first, budget, loop::arrived));
    }
    return loops;
  }

  private ShardTask task(ShardPlace place, ShardSetup.Pools pools) {
    ShardGraph shard = requireNonNull(graph.shards().get(place.shard()));
    long[] awake = ShardTask.allAwake(place.size());
    ShardVertex vertex = new ShardVertex(shard, graph.facts().directed(), awake);
    ShardSetup setup = new ShardSetup(graph.facts(), shard, place, vertex, pools);
    return new ShardTask(
        place, vertex, awake, plan.algorithm().program(setup, plan.arguments()), setup);
  }

  /** How it ends; completes once, never exceptionally. */
  public CompletableFuture<RunOutcome> outcome() {
    return outcome.copy();
  }

  /** Ends it soon, without results; nothing if it is over. */
  public void cancel() {
    cancelled = true;
  }

  RunPlan plan() {
    return plan;
  }

  Exchange exchange() {
    return exchange;
  }

  MemoryBudget.Share budget() {
    return budget;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Has a shard work. What it cannot tell the other shards itself ends the run here. */
  void execute(int superstep, Runnable work) {
    try {
      executor.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException | Error e) {
              breakOff(superstep, e);
            }
          });
    } catch (RejectedExecutionException e) {
      complete(new RunOutcome.Cancelled(superstep));
    }
  }

  private void breakOff(int superstep, Throwable cause) {
    cancelled = true;
    String reason = "after superstep " + superstep + ": " + cause;
    exchange.abandon(reason);
    complete(new RunOutcome.Failed(superstep, reason));
  }

  private void lost(String reason) {
    cancelled = true;
    exchange.abandon(reason);
    complete(new RunOutcome.Lost(reached, reason));
  }

  int firstShard() {
    return graph.shards().firstKey();
  }

  /** All shards have ended a superstep. */
  void completed(int superstep, Tally tally) {
    reached = superstep;
    total = total.plus(tally);
    long nanos = System.nanoTime() - start;
    plan.listener()
        .completed(
            new SuperstepReport(
                superstep,
                tally.computed(),
                tally.awake(),
                tally.messages(),
                tally.bytes(),
                nanos));
  }

  /** A shard has ended; the last one ends the run. */
  void ended(int superstep, Stop stop, String reason) {
    if (running.decrementAndGet() > 0) {
      return;
    }
    complete(
        switch (stop) {
          case NO -> success(superstep);
          case CANCELLED -> new RunOutcome.Cancelled(superstep);
          case FAILED -> new RunOutcome.Failed(superstep, reason);
        });
  }

  private RunOutcome success(int superstep) {
    List<Column> columns = tasks.stream().map(ShardTask::result).toList();
    long nanos = System.nanoTime() - start;
    RunReport report =
        new RunReport(
            superstep + 1,
            total.messages(),
            total.bytes(),
            nanos,
            budget.peak(),
            tasks.get(0).warnings());
    return new RunOutcome.Completed(ShardedValues.of(graph, columns), report);
  }

  private void complete(RunOutcome end) {
    exchange.close();
    budget.releaseAll();
    outcome.complete(end);
  }
}
