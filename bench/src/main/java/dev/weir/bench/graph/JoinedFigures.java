package dev.weir.bench.graph;

import dev.weir.bench.Figures;
import dev.weir.bench.process.BrokerProcess;
import dev.weir.bench.process.CpuTime;
import dev.weir.graph.Algorithm;
import dev.weir.graph.Need;
import dev.weir.graph.RunOutcome;
import dev.weir.graph.algorithms.Algorithms;
import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.worker.JoinedEngines;
import dev.weir.graph.worker.RunOptions;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.log.TopicReport;
import dev.weir.store.log.TopicSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;

/**
 * The engine as three nodes run it: a shard each, and everything between them through a broker in a
 * process of its own, on the same cores.
 */
final class JoinedFigures implements AutoCloseable {

  /** Nodes, and shards. */
  static final int NODES = 3;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final double NANOS = 1e9;

  private final Figures figures;
  private final String name;
  private final CompactGraph bothWays;
  private final CompactGraph weighted;
  private final BrokerProcess broker;
  private final JoinedEngines engines;

  /**
   * Starts broker and engines.
   *
   * @param bothWays the graph with edges in both directions, in {@link #NODES} shards
   * @param weighted the same with weights
   */
  JoinedFigures(
      Figures figures, String name, Path directory, CompactGraph bothWays, CompactGraph weighted)
      throws IOException, InterruptedException {
    this.figures = figures;
    this.name = name;
    this.bothWays = bothWays;
    this.weighted = weighted;
    broker = BrokerProcess.start(directory.resolve("kafka-of-" + name));
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    TopicPlan plan = new TopicPlan("graph", 0, NODES);
    try (Admin admin = Admin.create(client)) {
      TopicReport report = new TopicSetup(admin, TIMEOUT).ensure(plan, OptionalInt.of(1));
      if (!(report instanceof TopicReport.Ready)) {
        throw new IOException("no topics: " + report);
      }
    }
    engines = new JoinedEngines(NODES, client, plan.graphTopic(), NODES);
  }

  /** The name of the figure of an algorithm. */
  static String figure(String name, String algorithm) {
    return name + ": " + algorithm + ", three nodes and a broker";
  }

  /** Runs an algorithm twice, the first time to warm up. */
  RunOutcome.Completed measure(String algorithm, Map<String, String> arguments) {
    execute(algorithm, arguments);
    double before = CpuTime.ofThisProcess();
    RunOutcome.Completed completed = execute(algorithm, arguments);
    String figure = figure(name, algorithm);
    figures.add(figure + ", processor time of the nodes", "s", CpuTime.ofThisProcess() - before);
    figures.add(figure, "s", completed.report().nanos() / NANOS);
    figures.add(figure + ", sent", "MB", completed.report().bytes() / 1e6);
    return completed;
  }

  private RunOutcome.Completed execute(String algorithm, Map<String, String> arguments) {
    Algorithm known = Algorithms.named(algorithm).orElseThrow();
    CompactGraph graph = known.needs().contains(Need.NON_NEGATIVE_WEIGHTS) ? weighted : bothWays;
    RunOutcome outcome = engines.run(graph, known, arguments, RunOptions.standard()).join();
    if (outcome instanceof RunOutcome.Completed completed) {
      return completed;
    }
    throw new IllegalStateException(algorithm + " through a broker: " + outcome);
  }

  @Override
  public void close() {
    engines.close();
    broker.close();
  }
}
