package dev.weir.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.chaos.cluster.Cluster;
import dev.weir.chaos.fault.Dice;
import dev.weir.chaos.load.Overwrites;
import dev.weir.chaos.load.Recorder;
import dev.weir.chaos.process.Waiting;
import dev.weir.query.server.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Documents are overwritten for ever while nodes are killed, emptied and added; the log is cut
 * meanwhile, stays bounded, and nothing is lost. With the profile {@code chaos} for an hour.
 */
final class TruncationUnderFaultsTest {
  private static final long SEED = Long.getLong("weir.chaos.seed", System.nanoTime() & 0xffffffL);
  private static final int SECONDS = Integer.getInteger("weir.chaos.truncation", 30);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int SEGMENT = 1 << 20;

  /** Of each shard: the file that is written, and two behind it that are not deleted yet. */
  private static final long BOUND = Cluster.SHARDS * 3L * SEGMENT;

  @Test
  void theLogStaysBoundedAndNothingIsLost() throws Exception {
    Path directory = Path.of("target", "truncation-" + SEED).toAbsolutePath();
    try (Cluster cluster = Cluster.start(directory, make(directory));
        LogSizes sizes = new LogSizes(cluster.broker().bootstrapServers());
        Overwrites load = new Overwrites(SEED, cluster::urls, 4, Duration.ofMillis(25))) {
      sizes.segments(SEGMENT);
      sizes.start();
      load.start();
      List<Injected> faults =
          new FaultLoop(cluster, Dice.comings(SEED), new Recorder())
              .run(Duration.ofSeconds(SECONDS));
      load.stop();
      boolean bounded =
          Waiting.until(
              PATIENCE, () -> sizes.samples().get(sizes.samples().size() - 1).bytes() < BOUND);
      String report = report(load, sizes, faults);
      System.out.println(report);
      assertThat(faults).as(report).allMatch(Injected::recovered);
      assertThat(Waiting.until(PATIENCE, load::readAll)).as("every document is read").isTrue();
      assertThat(load.violations()).as(report).isEmpty();
      assertThat(load.written()).isPositive();
      assertThat(bounded).as(report).isTrue();
      assertThat(sizes.look().records()).as(report).isLessThan(sizes.look().appended());
    }
  }

  private static Cluster.Make make(Path directory) {
    List<String> nodes = new ArrayList<>();
    set(nodes, Setting.SNAPSHOTS_REPOSITORY, directory.resolve("repository").toString());
    set(nodes, Setting.SNAPSHOTS_EVERY, "2s");
    set(nodes, Setting.SNAPSHOTS_KEEP, "2");
    set(nodes, Setting.BOOTSTRAP_LEAST_RECORDS, "100");
    set(nodes, Setting.TRUNCATION_EVERY, "2s");
    set(nodes, Setting.TRUNCATION_MARGIN, "10");
    set(nodes, Setting.TRUNCATION_FORGET, "20s");
    return new Cluster.Make(
        3,
        false,
        nodes,
        List.of("log.retention.check.interval.ms=500", "log.segment.delete.delay.ms=200"));
  }

  private static void set(List<String> nodes, Setting setting, String value) {
    nodes.add(setting.name() + "=" + value);
  }

  private static String report(Overwrites load, LogSizes sizes, List<Injected> faults) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "seed %d, %d s, %d writes of 8 kB acknowledged, log at most %.1f MB, faults:%n",
            SEED,
            SECONDS,
            load.written(),
            sizes.samples().stream().mapToLong(LogSizes.Sample::bytes).max().orElse(0) / 1e6));
    faults.forEach(
        each ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "  %s %s after %d ms%s%n",
                    each.fault(),
                    each.recovered() ? "recovered" : "NOT RECOVERED",
                    each.recovery().toMillis(),
                    each.trouble())));
    return text.append(sizes.table(30)).toString();
  }
}
