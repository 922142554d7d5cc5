package dev.weir.chaos.run;

import dev.weir.chaos.History;
import dev.weir.chaos.Op;
import dev.weir.chaos.check.Checks;
import dev.weir.chaos.check.Checks.Findings;
import dev.weir.chaos.cluster.Cluster;
import dev.weir.chaos.cluster.Member;
import dev.weir.chaos.fault.Dice;
import dev.weir.chaos.load.Load;
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
  private static final Duration LAST_READ = Duration.ofSeconds(60);

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
        Cluster.start(settings.directory(), settings.mix() == RunSettings.Mix.ALL)) {
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
    Load load = new Load(settings.seed(), settings.clients(), settings.pause(), cluster::urls);
    load.start();
    FaultLoop faults = new FaultLoop(cluster, dice(settings, cluster), load.recorder());
    List<Injected> injected = faults.run(settings.duration());
    long end = load.recorder().now();
    load.stop();
    List<String> unread = load.readAll(LAST_READ);
    History history = new History(settings.seed(), load.ops());
    List<Op> ops = history.ops();
    write(settings.directory().resolve("history.txt"), ops);
    LOG.info("{} calls, now checking", ops.size());
    Findings findings = Checks.of(history);
    Report.Reads reads = new Report.Reads(unread, Checks.staleAmongEventual(history));
    return new Report(settings, injected, end, ops, reads, findings, scans(load));
  }

  private static Report.Scans scans(Load load) {
    return new Report.Scans(load.scanSummary(), load.scanFaults());
  }

  private static Dice dice(RunSettings settings, Cluster cluster) {
    boolean disks = cluster.members().stream().map(Member::disk).allMatch(d -> d.isBounded());
    boolean clocks = cluster.clock().isAdjustable();
    if (settings.mix() == RunSettings.Mix.SHORT) {
      return Dice.quick(settings.seed());
    }
    if (!disks) {
      LOG.warn("no full disks: this user may not mount file systems");
    }
    if (!clocks) {
      LOG.warn("no wrong clocks: there is no C compiler");
    }
    return Dice.all(settings.seed(), disks, clocks);
  }
}
