package dev.weir.graph.job;

import dev.weir.graph.Arguments;
import dev.weir.graph.Exchange;
import dev.weir.graph.RunOutcome;
import dev.weir.graph.engine.Keeping;
import dev.weir.graph.engine.MemoryBudget;
import dev.weir.graph.engine.StepRun;
import dev.weir.graph.kafka.ChunkStore;
import dev.weir.graph.worker.BatchEngine;
import dev.weir.graph.worker.RunOptions;
import dev.weir.store.CollectionDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part of one attempt of a job: reads its shards, computes, writes their values. Says
 * what came of it as events. Safe from any thread.
 */
final class Attempt {

  /** Building, computing, naming vertices. */
  static final int PHASES = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private final JobView job;
  private final JobPlan plan;
  private final List<Integer> shards;
  private final List<Exchange> phases;
  private final Means means;
  private final Consumer<JobEvent> tell;
  private final MemoryBudget.Share building;
  private final long begun = System.nanoTime();
  private volatile boolean stopped;

  /** What computes, and what keeps states. */
  record Engines(BatchEngine engine, Checkpoints checkpoints) {}

  /**
   * What an attempt needs of its node.
   *
   * @param writing threads that may wait
   */
  record Means(JobHost host, BatchEngine engine, Checkpoints checkpoints, Executor writing) {}

  /**
   * An attempt.
   *
   * @param shards that this node computes
   * @param phases an exchange for each
   * @param tell takes what all nodes are to know
   */
  Attempt(
      JobView job,
      JobPlan plan,
      List<Integer> shards,
      List<Exchange> phases,
      Means means,
      Consumer<JobEvent> tell) {
    this.job = job;
    this.plan = plan;
    this.shards = shards;
    this.phases = phases;
    this.means = means;
    this.tell = tell;
    this.building = means.engine().memory().share();
  }

  int number() {
    return job.attempt();
  }

  /** Begins; all shards are taken. */
  void start() {
    if (job.checkpoint().isComplete(plan.build().shards().shards())) {
      phases.get(0).close();
      means.writing().execute(this::goOn);
    } else {
      build();
    }
  }

  /** From what an earlier attempt has kept. */
  private void goOn() {
    try {
      SortedMap<Integer, ShardPiece> pieces = means.checkpoints().graph(job, plan.build(), shards);
      building.reserve(
          pieces.values().stream().mapToLong(ShardPiece::bytes).sum(), "reading what was kept");
      Keeping.From from = means.checkpoints().states(job, shards);
      building.releaseAll();
      compute(LiveGraph.of(pieces), from);
    } catch (ChunkStore.ChunkException e) {
      tell.accept(new JobEvent.Aborted(number(), String.valueOf(e.getMessage()), true));
    } catch (RuntimeException | OutOfMemoryError e) {
      failed(e);
    }
  }

  private void build() {
    SortedMap<Integer, ShardBuild> builds = new TreeMap<>();
    SortedMap<Integer, StepRun.Work> works = new TreeMap<>();
    for (int shard : shards) {
      ShardBuild build = new ShardBuild(shard, plan.build(), means.host()::cut, building);
      builds.put(shard, build);
      works.put(shard, build);
    }
    then(
        steps(0, ShardBuild.STEPS, works),
        end -> {
          building.releaseAll();
          if (goesOn(end)) {
            SortedMap<Integer, ShardPiece> pieces = new TreeMap<>();
            builds.forEach((shard, build) -> pieces.put(shard, build.piece()));
            compute(LiveGraph.of(pieces), null);
          }
        });
  }

  private CompletableFuture<StepRun.End> steps(
      int phase, int steps, SortedMap<Integer, StepRun.Work> works) {
    return StepRun.start(
        phases.get(phase),
        plan.build().shards().shards(),
        steps,
        works,
        means.engine().threads(),
        means.engine().memory());
  }

  private boolean goesOn(StepRun.End end) {
    if (end instanceof StepRun.Lost lost) {
      tell.accept(new JobEvent.Aborted(number(), lost.reason()));
    } else if (end instanceof StepRun.Failed failed) {
      end(JobView.State.FAILED, failed.reason());
    }
    return end instanceof StepRun.Done && !stopped;
  }

  private void compute(LiveGraph graph, Keeping.@Nullable From from) {
    String unfit = unfit(graph);
    if (unfit != null) {
      end(JobView.State.REFUSED, unfit);
      return;
    }
    boolean speaks = shards.contains(0);
    if (speaks && from == null) {
      var facts = graph.part().facts();
      tell.accept(
          new JobEvent.Built(
              number(), facts.vertices(), facts.edges(), graph.dangling(), graph.cut()));
    }
    Keeping.Keeper keeper = means.checkpoints().keeper(job, graph, begun, means.writing(), tell);
    RunOptions options = RunOptions.standard().keep(new Keeping(keeper, from));
    Arguments arguments = plan.arguments(graph.soughtIds(plan.build()));
    ProgressTeller teller =
        new ProgressTeller(
            plan.algorithm().supersteps(arguments),
            from == null ? 0 : from.superstep(),
            progress -> tell.accept(new JobEvent.Progressed(number(), progress)));
    BatchEngine.Prepared prepared =
        new BatchEngine.Prepared(graph.part(), plan.algorithm(), arguments);
    then(
        means
            .engine()
            .start(prepared, speaks ? options.tell(teller) : options, phases.get(1))
            .outcome(),
        outcome -> computed(graph, teller, outcome));
  }

  private @Nullable String unfit(LiveGraph graph) {
    int[] sought = graph.layout().sought();
    if (graph.part().facts().vertices() == 0) {
      return "the graph is empty: no document is a vertex";
    }
    for (int i = 0; i < sought.length; i++) {
      if (sought[i] < 0) {
        return plan.soughtText(i);
      }
    }
    return BatchEngine.unfit(graph.part().facts(), plan.algorithm());
  }

  private void computed(LiveGraph graph, ProgressTeller teller, RunOutcome outcome) {
    if (outcome instanceof RunOutcome.Refused refused) {
      end(JobView.State.REFUSED, refused.reason());
    } else if (outcome instanceof RunOutcome.Failed failed) {
      end(JobView.State.FAILED, failed.reason());
    } else if (outcome instanceof RunOutcome.Lost lost) {
      tell.accept(new JobEvent.Aborted(number(), lost.reason()));
    } else if (outcome instanceof RunOutcome.Cancelled) {
      tell.accept(new JobEvent.Aborted(number(), "a node has stopped computing"));
    } else if (outcome instanceof RunOutcome.Completed completed && !stopped) {
      if (shards.contains(0)) {
        teller.ended(completed.report());
      }
      name(new Values(plan, graph, completed.values()), completed.report().warnings());
    }
  }

  private void name(Values values, List<String> warnings) {
    if (!values.nameVertices()) {
      phases.get(2).close();
      write(values, Map.of(), warnings);
      return;
    }
    List<VertexNames> names = new ArrayList<>();
    SortedMap<Integer, StepRun.Work> works = new TreeMap<>();
    for (int shard : shards) {
      LiveGraph graph = values.graph();
      VertexNames each =
          new VertexNames(
              graph.layout().firsts(),
              shard,
              Objects.requireNonNull(graph.keys().get(shard)),
              values.named(shard));
      names.add(each);
      works.put(shard, each);
    }
    then(
        steps(2, VertexNames.STEPS, works),
        end -> {
          if (goesOn(end)) {
            Map<Long, byte[]> found = new TreeMap<>();
            names.forEach(each -> found.putAll(each.found()));
            write(values, found, warnings);
          }
        });
  }

  private void write(Values values, Map<Long, byte[]> names, List<String> warnings) {
    means
        .writing()
        .execute(
            () -> {
              try {
                CollectionDefinition collection =
                    means.host().catalogue().collection(job.request().result()).orElseThrow();
                DocumentWriter writer = new DocumentWriter(means.host(), () -> stopped);
                long count = values.write(writer, collection.id(), job.run(), names);
                tell.accept(new JobEvent.Written(number(), means.host().node(), count, warnings));
              } catch (RuntimeException e) {
                failed(e);
              }
            });
  }

  private <T> void then(CompletableFuture<T> future, Consumer<T> next) {
    var unused =
        future
            .thenAccept(next)
            .exceptionally(
                thrown -> {
                  failed(thrown.getCause() == null ? thrown : thrown.getCause());
                  return null;
                });
  }

  private void failed(Throwable thrown) {
    if (!stopped) {
      LOG.warn("Job {} failed here in attempt {}", job.id(), number(), thrown);
      end(JobView.State.FAILED, String.valueOf(thrown.getMessage()));
    }
  }

  private void end(JobView.State state, String reason) {
    if (!stopped) {
      tell.accept(new JobEvent.Ended(number(), state, reason));
    }
  }

  /** Ends it here: nobody wants it any more. Harmless if it has ended. */
  void stop() {
    stopped = true;
    phases.forEach(exchange -> exchange.stop("the attempt is over"));
    building.releaseAll();
  }
}
