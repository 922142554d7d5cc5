package dev.weir.bench.run;

import dev.weir.bench.Figures;
import dev.weir.bench.Machine;
import dev.weir.bench.Scale;
import dev.weir.bench.bootstrap.BootstrapRun;
import dev.weir.bench.follow.FollowRun;
import dev.weir.bench.get.GetRun;
import dev.weir.bench.graph.AdjacencyRun;
import dev.weir.bench.graph.EngineRun;
import dev.weir.bench.graph.Neo4jRun;
import dev.weir.bench.graph.WalkRun;
import dev.weir.bench.group.GroupRun;
import dev.weir.bench.http.GraphQlRun;
import dev.weir.bench.http.HttpRun;
import dev.weir.bench.http.LevelRun;
import dev.weir.bench.http.OverloadRun;
import dev.weir.bench.ingest.IngestRun;
import dev.weir.bench.node.MemoryRun;
import dev.weir.bench.node.StartRun;
import dev.weir.bench.process.Directories;
import dev.weir.bench.raw.WalRun;
import dev.weir.bench.replica.ReplicaRun;
import dev.weir.bench.search.SearchRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Runs a benchmark by name and prints a section for the results page. */
public final class Bench {
  private Bench() {}

  private interface Benchmark {
    Figures run(Scale scale, Path directory) throws Exception;
  }

  private static final Map<String, Benchmark> BENCHMARKS = new TreeMap<>();

  static {
    BENCHMARKS.put("adjacency", AdjacencyRun::run);
    BENCHMARKS.put("bootstrap", BootstrapRun::run);
    BENCHMARKS.put("bootstrap-overwritten", BootstrapRun::overwritten);
    BENCHMARKS.put("bootstrap-reads", BootstrapRun::reads);
    BENCHMARKS.put("bootstrap-ready", BootstrapRun::ready);
    BENCHMARKS.put("bootstrap-transfer", BootstrapRun::transfer);
    BENCHMARKS.put("get", GetRun::run);
    BENCHMARKS.put("graph", EngineRun::run);
    BENCHMARKS.put("graphql", GraphQlRun::run);
    BENCHMARKS.put("hedge", ReplicaRun::hedge);
    BENCHMARKS.put("http", HttpRun::run);
    BENCHMARKS.put("ingest", IngestRun::run);
    BENCHMARKS.put("levels", LevelRun::run);
    BENCHMARKS.put("memory", MemoryRun::run);
    BENCHMARKS.put("neo4j", Neo4jRun::run);
    BENCHMARKS.put("overload", OverloadRun::run);
    BENCHMARKS.put("placement", GroupRun::run);
    BENCHMARKS.put("search", SearchRun::run);
    BENCHMARKS.put("slow-node", ReplicaRun::slowNode);
    BENCHMARKS.put("start", StartRun::run);
    BENCHMARKS.put("subscriptions", FollowRun::run);
    BENCHMARKS.put("traffic", IngestRun::traffic);
    BENCHMARKS.put("wal", WalRun::run);
    BENCHMARKS.put("walk", WalkRun::run);
    BENCHMARKS.put("walk-packages", WalkRun::packages);
  }

  /**
   * @param arguments name, {@code quick}, {@code short} or {@code full}, commit
   */
  public static void main(String[] arguments) throws Exception {
    Benchmark benchmark = arguments.length == 3 ? BENCHMARKS.get(arguments[0]) : null;
    if (benchmark == null) {
      System.err.println(
          "usage: bench/run <name> [--quick|--short|--full], with a name of "
              + BENCHMARKS.keySet());
      System.exit(2);
      return;
    }
    Scale scale = Scale.of(arguments[1]);
    Path directory = Files.createTempDirectory("weir-bench");
    try {
      String machine = Machine.describe(arguments[2]);
      long start = System.nanoTime();
      Figures figures = benchmark.run(scale, directory);
      System.out.printf(
          Locale.ROOT,
          "## `bench/run %s --%s`%n%n%s; load after: %s; took %d s%n%n%s",
          arguments[0],
          scale.name(),
          machine,
          Machine.load(),
          (System.nanoTime() - start) / 1_000_000_000,
          figures.markdown());
    } finally {
      Directories.remove(directory);
    }
    System.exit(0);
  }
}
