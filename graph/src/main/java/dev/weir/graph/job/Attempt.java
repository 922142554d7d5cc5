package dev.weir.graph.job;

import dev.weir.graph.Exchange;
import dev.weir.graph.RunOutcome;
import dev.weir.graph.SuperstepReport;
import dev.weir.graph.engine.MemoryBudget;
import dev.weir.graph.engine.StepRun;
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
import java.util.concurrent.atomic.AtomicLong;
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
  private static final long BETWEEN_REPORTS = 200_000_000;
  private static final long MILLION = 1_000_000;

  private final JobView job;
  private final JobPlan plan;
  private final List<Integer> shards;
  private final List<Exchange> phases;
  private final Means means;
  private final Consumer<JobEvent> tell;
  private final MemoryBudget.Share building;
  private volatile boolean stopped;

  /** Of all supersteps so far; told by one thread at a time. */
  private final AtomicLong messages = new AtomicLong();

  private final AtomicLong bytes = new AtomicLong();
  private volatile long reportedAt;

  /**
   * What an attempt needs of its node.
   *
   * @param writing threads that may wait
   */
  record Means(JobHost host, BatchEngine engine, Executor writing) {}

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
            compute(LiveGraph.of(builds));
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

  private void compute(LiveGraph graph) {
    String unfit = unfit(graph);
    if (unfit != null) {
      end(JobView.State.REFUSED, unfit);
      return;
    }
    boolean speaks = shards.contains(0);
    if (speaks) {
      var facts = graph.part().facts();
      tell.accept(
          new JobEvent.Built(
              number(), facts.vertices(), facts.edges(), graph.dangling(), graph.cut()));
    }
    RunOptions options = RunOptions.standard();
    BatchEngine.Prepared prepared =
        new BatchEngine.Prepared(
            graph.part(), plan.algorithm(), plan.arguments(graph.soughtIds(plan.build())));
    then(
        means
            .engine()
            .start(prepared, speaks ? options.tell(this::progressed) : options, phases.get(1))
            .outcome(),
        outcome -> computed(graph, outcome));
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

  private void progressed(SuperstepReport report) {
    messages.addAndGet(report.messages());
    bytes.addAndGet(report.bytes());
    if (report.superstep() > 0 && report.nanos() - reportedAt < BETWEEN_REPORTS) {
      return;
    }
    reportedAt = report.nanos();
    tell.accept(
        new JobEvent.Progressed(
            number(),
            new JobView.Progress(
                report.superstep(),
                report.computed(),
                report.awake(),
                messages.get(),
                bytes.get(),
                report.nanos() / MILLION)));
  }

  private void computed(LiveGraph graph, RunOutcome outcome) {
    if (outcome instanceof RunOutcome.Refused refused) {
      end(JobView.State.REFUSED, refused.reason());
    } else if (outcome instanceof RunOutcome.Failed failed) {
      end(JobView.State.FAILED, failed.reason());
    } else if (outcome instanceof RunOutcome.Lost lost) {
      tell.accept(new JobEvent.Aborted(number(), lost.reason()));
    } else if (outcome instanceof RunOutcome.Cancelled) {
      tell.accept(new JobEvent.Aborted(number(), "a node has stopped computing"));
    } else if (outcome instanceof RunOutcome.Completed completed && !stopped) {
      report(completed);
      name(new Values(plan, graph, completed.values()), completed.report().warnings());
    }
  }

  private void report(RunOutcome.Completed completed) {
    if (shards.contains(0)) {
      var report = completed.report();
      tell.accept(
          new JobEvent.Progressed(
              number(),
              new JobView.Progress(
                  report.supersteps() - 1,
                  0,
                  0,
                  report.messages(),
                  report.bytes(),
                  report.nanos() / MILLION)));
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
