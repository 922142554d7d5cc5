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
                + " counted. Plain arrays and JGraphT use one thread. PageRank: %d iterations, CDLP:"
                + " %d. Every measurement follows one of the same kind that warms up; results are"
                + " compared.",
            SEED,
            ITERATIONS,
            CDLP_ITERATIONS));
    return figures;
  }

  private void rounds(int rounds, Path directory) throws IOException {
    figures.add(name + ": vertices", "", edges.vertices());
    figures.add(name + ": edges", "", edges.edges());
    PlainArrays plain = new PlainArrays(edges);
    CompactGraph bothWays = build("both directions", true, false);
    CompactGraph weighted = build("weights", false, true);
    int source = edges.source();
    EvlpFiles files = EvlpFiles.write(directory, name, edges);
    Optional<GraphxPeer> graphx = GraphxPeer.start(directory, files, edges.vertices());
    try (BatchEngine engine = BatchEngine.standard()) {
      Peers peers = new Peers(engine, bothWays, weighted, plain, new LibraryGraph(edges), source);
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
    for (String algorithm : new String[] {"pr", "sssp", "cdlp"}) {
      ratio(algorithm, "<= 3");
    }
    ratio("wcc", "<= 12, plus 20 ms a superstep");
    ratio("bfs", "<= 12, plus 20 ms a superstep");
  }

  private record Peers(
      BatchEngine engine,
      CompactGraph bothWays,
      CompactGraph weighted,
      PlainArrays plain,
      LibraryGraph library,
      int source) {}

  private void ratio(String algorithm, String bar) {
    figures.ratio(engineName(algorithm), name + ": " + algorithm + ", plain arrays", bar);
    figures.ratio(
        engineName(algorithm) + CPU, name + ": " + algorithm + ", plain arrays" + CPU, "");
    figures.ratio(name + ": " + algorithm + ", JGraphT", engineName(algorithm), "");
    figures.ratio(GraphxFigures.name(name, algorithm), engineName(algorithm), ">= 5");
  }

  private String engineName(String algorithm) {
    return name + ": " + algorithm + ", engine";
  }

  private CompactGraph build(String kind, boolean inEdges, boolean weights) {
    CompactGraph graph =
        timed(
            name + ": build with " + kind + ", engine",
            () -> {
              GraphBuilder builder = new GraphBuilder(shards, true, weights);
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
    same("pr", engine(peers, "pr", terms), v -> ranks[v]);
    timed(name + ": pr, JGraphT", () -> library.pageRank(DAMPING, ITERATIONS));

    double[] paths = twice("sssp, plain arrays", () -> plain.shortestPaths(source));
    same("sssp", engine(peers, "sssp", from), v -> paths[v]);
    timed(name + ": sssp, JGraphT", () -> library.shortestPath(source, source));

    int[] labels = twice("cdlp, plain arrays", () -> plain.communities(CDLP_ITERATIONS));
    terms = Map.of("iterations", Integer.toString(CDLP_ITERATIONS));
    same("cdlp", engine(peers, "cdlp", terms), v -> labels[v]);

    int[] components = twice("wcc, plain arrays", plain::components);
    same("wcc", engine(peers, "wcc", Map.of()), v -> components[v]);
    timed(name + ": wcc, JGraphT", library::components);

    int[] distances = twice("bfs, plain arrays", () -> plain.distances(source));
    same("bfs", engine(peers, "bfs", from), v -> distances[v] < 0 ? Long.MAX_VALUE : distances[v]);
    timed(name + ": bfs, JGraphT", () -> library.reached(source));

    engine(peers, "lcc", Map.of());
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

  private VertexValues engine(Peers peers, String algorithm, Map<String, String> arguments) {
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
    return completed.values();
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
