package dev.weir.graph.worker;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Exchange;
import dev.weir.graph.GraphFacts;
import dev.weir.graph.Need;
import dev.weir.graph.Parameter;
import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.compact.GraphPart;
import dev.weir.graph.engine.BatchRun;
import dev.weir.graph.engine.InMemoryExchange;
import dev.weir.graph.engine.MemoryBudget;
import dev.weir.graph.engine.RunPlan;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs algorithms over graphs in the memory of this process, several at once if they are asked for,
 * on threads of its own. Safe from any thread.
 */
public final class BatchEngine implements AutoCloseable {

  private final ExecutorService threads;
  private final MemoryBudget memory;

  /**
   * An engine.
   *
   * @param threads how many, at least 1; more than there are cores do not help
   * @param memoryBytes how much all runs together may book, their graphs included
   */
  public BatchEngine(int threads, long memoryBytes) {
    this.threads = Executors.newFixedThreadPool(threads, named());
    this.memory = new MemoryBudget(memoryBytes);
  }

  /** An engine with a thread for each core and most of the memory that the JVM may use. */
  public static BatchEngine standard() {
    return new BatchEngine(
        Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory() / 5 * 4);
  }

  private static ThreadFactory named() {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "weir-graph-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Starts a run. Wrong arguments, and a graph that the algorithm cannot use, end it as refused.
   *
   * @param arguments the algorithm's parameters as text
   */
  public GraphRun start(
      CompactGraph graph, Algorithm algorithm, Map<String, String> arguments, RunOptions options) {
    Exchange exchange = new InMemoryExchange(graph.shards().size());
    return start(new Here(graph, graph.whole(), exchange), algorithm, arguments, options);
  }

  /**
   * What this engine is to do of a run in which several take part.
   *
   * @param graph known as a whole to all of them
   * @param part whose shards are computed here
   * @param exchange between all of them; closed with the run
   */
  public record Here(CompactGraph graph, GraphPart part, Exchange exchange) {}

  /** Starts this engine's part of a run; the others are to do the same with the same arguments. */
  public GraphRun start(
      Here here, Algorithm algorithm, Map<String, String> arguments, RunOptions options) {
    Arguments.Reading reading = Arguments.read(algorithm, arguments);
    if (reading instanceof Arguments.Bad bad) {
      return GraphRun.refused(String.join("; ", bad.faults()));
    }
    Arguments good = ((Arguments.Good) reading).arguments();
    String unfit = unfit(here.graph(), algorithm, good);
    if (unfit != null) {
      return GraphRun.refused(unfit);
    }
    return start(new Prepared(here.part(), algorithm, good), options, here.exchange());
  }

  /** A run that has been found to be possible. */
  public record Prepared(GraphPart part, Algorithm algorithm, Arguments arguments) {}

  /** Starts this engine's part of a run whose graph and arguments were looked at before. */
  public GraphRun start(Prepared prepared, RunOptions options, Exchange exchange) {
    RunPlan plan =
        new RunPlan(
            prepared.algorithm(),
            prepared.arguments(),
            options.mostSupersteps(),
            options.listener(),
            options.keeping());
    return GraphRun.of(BatchRun.start(prepared.part(), plan, exchange, threads, memory));
  }

  /** Why an algorithm cannot be run on a graph that has vertices; null if it can. */
  public static @Nullable String unfit(GraphFacts facts, Algorithm algorithm) {
    for (Need need : algorithm.needs()) {
      String missing = missing(need, facts);
      if (missing != null) {
        return algorithm.name() + " " + missing;
      }
    }
    return null;
  }

  /** Where shards are computed. */
  public Executor threads() {
    return threads;
  }

  /** What all runs together may book. */
  public MemoryBudget memory() {
    return memory;
  }

  private static @Nullable String unfit(
      CompactGraph graph, Algorithm algorithm, Arguments arguments) {
    GraphFacts facts = graph.facts();
    if (facts.vertices() == 0) {
      return "the graph is empty: it has no vertices";
    }
    String missing = unfit(facts, algorithm);
    if (missing != null) {
      return missing;
    }
    for (Parameter parameter : algorithm.parameters()) {
      for (long id : vertices(parameter, arguments)) {
        if (!graph.has(id)) {
          return parameter.name() + ": the graph has no vertex " + id;
        }
      }
    }
    return null;
  }

  private static @Nullable String missing(Need need, GraphFacts facts) {
    return switch (need) {
      case IN_EDGES ->
          facts.inEdges() ? null : "follows edges in both directions: build the graph with both";
      case WEIGHTS -> facts.weighted() ? null : "needs edges with weights, and these have none";
      case NON_NEGATIVE_WEIGHTS -> {
        if (!facts.weighted()) {
          yield "needs edges with weights, and these have none";
        }
        yield facts.lowestWeight() < 0
            ? "needs weights of at least 0, and one edge has " + facts.lowestWeight()
            : null;
      }
    };
  }

  private static List<Long> vertices(Parameter parameter, Arguments arguments) {
    return switch (parameter.kind()) {
      case VERTEX -> List.of(arguments.vertex(parameter.name()));
      case VERTICES -> arguments.vertices(parameter.name());
      case INTEGER, NUMBER -> List.of();
    };
  }

  /** Bytes that runs have booked at the moment. */
  public long bookedBytes() {
    return memory.booked();
  }

  /** Ends all runs; those that have not ended come out as cancelled. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
