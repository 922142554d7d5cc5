package dev.weir.bench.graph;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.process.CpuTime;
import dev.weir.graph.Algorithm;
import dev.weir.graph.Need;
import dev.weir.graph.RunOutcome;
import dev.weir.graph.VertexValues;
import dev.weir.graph.algorithms.Algorithms;
import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.compact.GraphBuilder;
import dev.weir.graph.worker.BatchEngine;
import dev.weir.graph.worker.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The batch engine in one process beside one thread on plain arrays and beside JGraphT. */
public final class EngineRun {

  private static final long SEED = 20_261_121;
  private static final int ITERATIONS = 20;
  private static final int CDLP_ITERATIONS = 10;
  private static final double DAMPING = 0.85;
  private static final double NANOS = 1e9;
  private static final double STEP_SECONDS = 0.02;
  private static final double MOST_TIMES = 12;

  /** Of the whole process: of all threads, the compiler and the garbage collector. */
  private static final String CPU = ", processor time";

  private final Figures figures;
  private final String name;
  private final EdgeList edges;
  private final int shards = Runtime.getRuntime().availableProcessors();

  private EngineRun(Figures figures, String name, EdgeList edges) {
    this.figures = figures;
    this.name = name;
    this.edges = edges;
  }

  /** Runs it. */
  public static Figures run(Scale scale, Path directory) throws IOException, InterruptedException {
    Figures figures = new Figures();
    if (scale.equals(Scale.QUICK)) {
      EdgeList graph = Rmat.generate(14, 160_000, SEED);
      new EngineRun(figures, "large", graph).rounds(scale.rounds(), directory);
    } else {
      Optional<EdgeList> packages = PackageGraph.find();
      EdgeList small = packages.orElseGet(() -> Rmat.generate(17, 650_000, SEED));
      new EngineRun(figures, "small", small).rounds(scale.rounds(), directory);
      EdgeList large = Rmat.generate(20, 10_000_000, SEED);
      new EngineRun(figures, "large", large).rounds(scale.rounds(), directory);
      figures.note(packages.isPresent() ? "Small: packages of Debian." : "Small: R-MAT.");
    }
    figures.note(
        String.format(
            Locale.ROOT,
            "R-MAT: seed %d. The engine has as many shards as the machine has processors, and"
                + " as many threads; GraphX is `local[2]` in a process of its own, its loading not"
                + " counted. Three nodes: an engine each, in one process, everything between them through a"
                + " broker in another one, on the same processors. Plain arrays and JGraphT use one thread. PageRank: %d iterations, CDLP:"
                + " %d. Every measurement follows one of the same kind that warms up; results are"
                + " compared.",
            SEED,
            ITERATIONS,
            CDLP_ITERATIONS));
    return figures;
  }

  private void rounds(int rounds, Path directory) throws IOException, InterruptedException {
    figures.add(name + ": vertices", "", edges.vertices());
    figures.add(name + ": edges", "", edges.edges());
    PlainArrays plain = new PlainArrays(edges);
    CompactGraph bothWays = build("both directions", shards, true, false);
    CompactGraph weighted = build("weights", shards, false, true);
    int source = edges.source();
    EvlpFiles files = EvlpFiles.write(directory, name, edges);
    Optional<GraphxPeer> graphx = GraphxPeer.start(directory, files, edges.vertices());
    try (BatchEngine engine = BatchEngine.standard();
        JoinedFigures joined = joined(directory)) {
      Peers peers =
          new Peers(engine, bothWays, weighted, plain, new LibraryGraph(edges), source, joined);
      Optional<GraphxFigures> other =
          graphx.map(peer -> new GraphxFigures(figures, name, peer, plain, source));
      if (other.isPresent()) {
        other.get().warmUp(ITERATIONS);
      }
      for (int round = 0; round < rounds; round++) {
        round(peers);
        if (other.isPresent()) {
          other.get().round(ITERATIONS);
        }
      }
    } finally {
      graphx.ifPresent(GraphxPeer::close);
      Files.delete(files.vertices());
      Files.delete(files.edges());
    }
    for (String algorithm : new String[] {"pr", "sssp", "cdlp", "wcc", "bfs"}) {
      ratio(algorithm);
    }
  }

  private JoinedFigures joined(Path directory) throws IOException, InterruptedException {
    return new JoinedFigures(
        figures,
        name,
        directory,
        build("both directions, for three nodes", JoinedFigures.NODES, true, false),
        build("weights, for three nodes", JoinedFigures.NODES, false, true));
  }

  private record Peers(
      BatchEngine engine,
      CompactGraph bothWays,
      CompactGraph weighted,
      PlainArrays plain,
      LibraryGraph library,
      int source,
      JoinedFigures joined) {}

  /**
   * Long computations are measured by how much more they take than plain arrays; short ones may
   * take 20 ms a superstep besides.
   */
  private void ratio(String algorithm) {
    boolean isLong = name.equals("large") && !algorithm.equals("wcc") && !algorithm.equals("bfs");
    String plain = name + ": " + algorithm + ", plain arrays";
    String joined = JoinedFigures.figure(name, algorithm);
    figures.ratio(engineName(algorithm), plain, isLong ? "<= 3" : "");
    figures.ratio(joined, plain, isLong ? "<= 12" : "");
    if (!isLong) {
      figures.ratio(engineName(algorithm), allowed(algorithm), "<= 1");
      figures.ratio(joined, allowed(algorithm), "<= 1");
    }
    figures.ratio(engineName(algorithm) + CPU, plain + CPU, "");
    figures.ratio(name + ": " + algorithm + ", JGraphT", engineName(algorithm), "");
    figures.ratio(GraphxFigures.name(name, algorithm), engineName(algorithm), ">= 5");
    figures.ratio(GraphxFigures.name(name, algorithm), joined, "");
  }

  private String allowed(String algorithm) {
    return name + ": " + algorithm + ", 12 x plain arrays + 20 ms a superstep";
  }

  private String engineName(String algorithm) {
    return name + ": " + algorithm + ", engine";
  }

  private CompactGraph build(String kind, int count, boolean inEdges, boolean weights) {
    CompactGraph graph =
        timed(
            name + ": build with " + kind + ", engine",
            () -> {
              GraphBuilder builder = new GraphBuilder(count, true, weights);
              for (int vertex = 0; vertex < edges.vertices(); vertex++) {
                builder.vertex(vertex);
              }
              for (int e = 0; e < edges.edges(); e++) {
                builder.edge(edges.from()[e], edges.to()[e], edges.weights()[e]);
              }
              return builder.build(inEdges);
            });
    double bytes = (double) graph.bytes() / edges.edges();
    figures.add(name + ": memory with " + kind, "bytes/edge", bytes);
    return graph;
  }

  private void round(Peers peers) {
    PlainArrays plain = peers.plain();
    LibraryGraph library = peers.library();
    int source = peers.source();
    Map<String, String> from = Map.of("source", Integer.toString(source));

    double[] ranks = twice("pr, plain arrays", () -> plain.pageRank(DAMPING, ITERATIONS));
    Map<String, String> terms = Map.of("iterations", Integer.toString(ITERATIONS));
    both(peers, "pr", terms, v -> ranks[v]);
    timed(name + ": pr, JGraphT", () -> library.pageRank(DAMPING, ITERATIONS));

    double[] paths = twice("sssp, plain arrays", () -> plain.shortestPaths(source));
    both(peers, "sssp", from, v -> paths[v]);
    timed(name + ": sssp, JGraphT", () -> library.shortestPath(source, source));

    int[] labels = twice("cdlp, plain arrays", () -> plain.communities(CDLP_ITERATIONS));
    terms = Map.of("iterations", Integer.toString(CDLP_ITERATIONS));
    both(peers, "cdlp", terms, v -> labels[v]);

    int[] components = twice("wcc, plain arrays", plain::components);
    both(peers, "wcc", Map.of(), v -> components[v]);
    timed(name + ": wcc, JGraphT", library::components);

    int[] distances = twice("bfs, plain arrays", () -> plain.distances(source));
    both(peers, "bfs", from, v -> distances[v] < 0 ? Long.MAX_VALUE : distances[v]);
    timed(name + ": bfs, JGraphT", () -> library.reached(source));

    engine(peers, "lcc", Map.of());
  }

  private void both(
      Peers peers, String algorithm, Map<String, String> arguments, Expected expected) {
    RunOutcome.Completed alone = engine(peers, algorithm, arguments);
    same(algorithm, alone.values(), expected);
    same(algorithm, peers.joined().measure(algorithm, arguments).values(), expected);
    double plain = figures.last(name + ": " + algorithm + ", plain arrays");
    double steps = STEP_SECONDS * alone.report().supersteps();
    figures.add(allowed(algorithm), "s", MOST_TIMES * plain + steps);
  }

  /** What a vertex should have. */
  private interface Expected {
    double of(int vertex);
  }

  private void same(String algorithm, VertexValues values, Expected expected) {
    values.forEach(
        (id, longValue, doubleValue) -> {
          double wanted = expected.of((int) id);
          if (wanted != doubleValue && !(Math.abs(wanted - doubleValue) <= 1e-9 * wanted)) {
            throw new IllegalStateException(
                algorithm + " of " + id + " is " + doubleValue + ", not " + wanted);
          }
        });
  }

  private RunOutcome.Completed engine(
      Peers peers, String algorithm, Map<String, String> arguments) {
    execute(peers, algorithm, arguments);
    double before = CpuTime.ofThisProcess();
    RunOutcome.Completed completed = execute(peers, algorithm, arguments);
    figures.add(engineName(algorithm) + CPU, "s", CpuTime.ofThisProcess() - before);
    figures.add(engineName(algorithm), "s", completed.report().nanos() / NANOS);
    figures.add(engineName(algorithm) + ", supersteps", "", completed.report().supersteps());
    figures.add(
        engineName(algorithm) + ", memory booked, graph included",
        "bytes/edge",
        (double) completed.report().peakBytes() / edges.edges());
    return completed;
  }

  private static RunOutcome.Completed execute(
      Peers peers, String algorithm, Map<String, String> arguments) {
    Algorithm known = Algorithms.named(algorithm).orElseThrow();
    CompactGraph graph =
        known.needs().contains(Need.NON_NEGATIVE_WEIGHTS) ? peers.weighted() : peers.bothWays();
    RunOutcome outcome =
        peers.engine().start(graph, known, arguments, RunOptions.standard()).outcome().join();
    if (outcome instanceof RunOutcome.Completed completed) {
      return completed;
    }
    throw new IllegalStateException(algorithm + ": " + outcome);
  }

  private <T> T twice(String what, Supplier<T> work) {
    // Also kept from the compiler: what nobody uses need not be computed.
    Objects.requireNonNull(work.get());
    return timed(name + ": " + what, work);
  }

  private <T> T timed(String what, Supplier<T> work) {
    double before = CpuTime.ofThisProcess();
    long start = System.nanoTime();
    T result = work.get();
    figures.add(what, "s", (System.nanoTime() - start) / NANOS);
    figures.add(what + CPU, "s", CpuTime.ofThisProcess() - before);
    return result;
  }
}
