package dev.weir.chaos.run;

import dev.weir.chaos.History;
import dev.weir.chaos.Op;
import dev.weir.chaos.check.Checks;
import dev.weir.chaos.check.Checks.Findings;
import dev.weir.chaos.cluster.Cluster;
import dev.weir.chaos.cluster.Member;
import dev.weir.chaos.fault.Dice;
import dev.weir.chaos.graph.GraphLoad;
import dev.weir.chaos.load.Load;
import dev.weir.chaos.load.Probe;
import dev.weir.chaos.process.Waiting;
import dev.weir.chaos.search.SearchLoad;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a cluster and clients, injects faults, heals, reads everything, checks and reports. */
public final class ChaosRun {

  private static final Logger LOG = LoggerFactory.getLogger(ChaosRun.class);

  /** The last fault has one, too. */
  private static final Duration AFTERMATH = Duration.ofSeconds(8);

  private static final Duration LAST_READ = Duration.ofSeconds(60);

  /** Clients that write edges, beside the others. */
  private static final int GRAPH_CLIENTS = 3;

  /** Documents that an index is filled with, beside those that change: in a few steps, or many. */
  private static final int FEW_STILL = 400;

  private static final int MANY_STILL = 8_000;

  private ChaosRun() {}

  /**
   * Runs; everything that was started has ended when this returns.
   *
   * @return what was found; the report lies in the directory as {@code chaos-report.txt}
   */
  public static Report run(RunSettings settings) throws IOException {
    LOG.info("seed {}", settings.seed());
    Files.createDirectories(settings.directory());
    Report report;
    try (Cluster cluster =
        Cluster.start(
            settings.directory(),
            settings.mix() == RunSettings.Mix.ALL ? Cluster.Make.MACHINERY : Cluster.Make.PLAIN)) {
      report = run(settings, cluster);
    }
    Path file = settings.directory().resolve("chaos-report.txt");
    Files.writeString(file, report.text());
    return report;
  }

  private static void write(Path file, List<Op> ops) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Op op : ops) {
        out.write(op.toString());
        out.newLine();
      }
    }
  }

  private static Report run(RunSettings settings, Cluster cluster) throws IOException {
    int still = settings.mix() == RunSettings.Mix.SHORT ? FEW_STILL : MANY_STILL;
    try (GraphLoad graph =
            new GraphLoad(settings.seed(), cluster::urls, GRAPH_CLIENTS, settings.pause());
        SearchLoad search =
            new SearchLoad(settings.seed(), cluster::urls, still, settings.pause())) {
      return run(settings, cluster, graph, search);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static Report run(
      RunSettings settings, Cluster cluster, GraphLoad graph, SearchLoad search)
      throws IOException, InterruptedException {
    Load load = new Load(settings.seed(), settings.clients(), settings.pause(), cluster::urls);
    load.start();
    graph.start();
    search.start();
    Probe probe = new Probe(cluster::urls, load.recorder()::now, Cluster.SHARDS);
    probe.start();
    FaultLoop faults = new FaultLoop(cluster, dice(settings, cluster), load.recorder());
    List<Injected> injected = faults.run(settings.duration());
    Waiting.pass(AFTERMATH);
    long end = load.recorder().now();
    probe.close();
    load.stop();
    graph.stop();
    search.stop();
    List<String> unread = load.readAll(LAST_READ);
    History history = new History(settings.seed(), load.ops());
    List<Op> ops = history.ops();
    write(settings.directory().resolve("history.txt"), ops);
    LOG.info("{} calls, {} writes of a graph, now checking", ops.size(), graph.writes());
    Report.Edges edges = new Report.Edges(graph.writes(), graph.edges(), graph.faults());
    Report.Watched searches = new Report.Watched(search.faults(), search.summary());
    Replicas replicas = new Replicas(cluster, settings.seed());
    Report.Watched copies = new Report.Watched(replicas.faults(), replicas.summary());
    Findings findings = Checks.of(history);
    Report.Reads reads =
        new Report.Reads(unread, Checks.staleAmongEventual(history), new Samples(probe.samples()));
    return new Report(
        settings,
        injected,
        end,
        ops,
        reads,
        findings,
        new Report.Others(scans(load), edges, List.of(searches, copies)));
  }

  private static Report.Scans scans(Load load) {
    return new Report.Scans(load.scanSummary(), load.scanFaults());
  }

  private static Dice dice(RunSettings settings, Cluster cluster) {
    return switch (settings.mix()) {
      case SHORT -> Dice.quick(settings.seed());
      case KILLS -> Dice.kills(settings.seed());
      case BROKER -> Dice.broker(settings.seed());
      case ALL -> all(settings.seed(), cluster);
    };
  }

  private static Dice all(long seed, Cluster cluster) {
    boolean disks = cluster.members().stream().map(Member::disk).allMatch(d -> d.isBounded());
    boolean clocks = cluster.clock().isAdjustable();
    if (!disks) {
      LOG.warn("no full disks: this user may not mount file systems");
    }
    if (!clocks) {
      LOG.warn("no wrong clocks: there is no C compiler");
    }
    return Dice.all(seed, disks, clocks);
  }
}
