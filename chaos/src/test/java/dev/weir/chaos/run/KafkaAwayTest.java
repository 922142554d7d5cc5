package dev.weir.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.chaos.cluster.Cluster;
import dev.weir.chaos.fault.Fault;
import dev.weir.chaos.load.Probe;
import dev.weir.chaos.load.Probe.Kind;
import dev.weir.chaos.load.Recorder;
import dev.weir.chaos.process.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Kafka is killed and stays away for a while, five minutes as a rule: reads that do not need it go
 * on, all others say at once that nothing was done, and everything comes back by itself. With the
 * profile {@code chaos} only; every build tries it with nodes in one process.
 */
@EnabledIfSystemProperty(named = "weir.chaos.away", matches = "\\d+")
final class KafkaAwayTest {

  private static final int SECONDS = Integer.getInteger("weir.chaos.away", 12);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long KNOWN = Duration.ofSeconds(5).toNanos();

  private final Recorder clock = new Recorder();

  @Test
  void readsGoOnAndTheRestIsRefusedUntilKafkaIsBack() throws Exception {
    Path directory = Path.of("target", "kafka-away").toAbsolutePath();
    try (Cluster cluster = Cluster.start(directory, Cluster.Make.PLAIN);
        Probe probe = new Probe(cluster::urls, clock::now, Cluster.SHARDS)) {
      probe.start();
      assertThat(back(probe, clock.now())).as("all is well at first").isTrue();
      Fault fault = new Fault.RestartBroker(true, Duration.ofSeconds(SECONDS));
      long begin = clock.now();
      fault.begin(cluster);
      Waiting.pass(fault.hold());
      assertThat(cluster.awaitReady(Duration.ofSeconds(10))).as("nodes stay ready").isTrue();
      long returns = clock.now();
      fault.end(cluster);
      long end = clock.now();
      assertThat(back(probe, end)).as("everything comes back").isTrue();

      Samples samples = new Samples(probe.samples());
      Injected injected = new Injected(fault, begin, end, Duration.ZERO, "");
      new Outages(samples, clock.now()).lines(List.of(injected)).forEach(System.out::println);
      check(samples, begin, returns);
    }
  }

  private boolean back(Probe probe, long from) {
    return Waiting.until(
        PATIENCE,
        () -> {
          Samples samples = new Samples(probe.samples());
          return List.of(Kind.values()).stream()
              .map(samples::of)
              .allMatch(
                  some -> some.shards() == Cluster.SHARDS && some.back(from) < Long.MAX_VALUE);
        });
  }

  private static void check(Samples samples, long begin, long returns) {
    Samples during = samples.between(begin, returns);
    for (Kind weak : List.of(Kind.EVENTUAL, Kind.SESSION)) {
      assertThat(during.of(weak).problems()).as("%s reads", weak).isEmpty();
    }
    for (Kind needsKafka : List.of(Kind.STRONG, Kind.WRITE)) {
      Samples known = during.between(begin + KNOWN, returns).of(needsKafka);
      assertThat(known.problems().keySet()).as("%s", needsKafka).containsExactly("log-unreachable");
      assertThat(known.failed()).as("%s without Kafka", needsKafka).isEqualTo(known.all().size());
      assertThat(during.of(needsKafka).problems().keySet())
          .as("%s under way when Kafka went", needsKafka)
          .isSubsetOf(Set.of("log-unreachable", "log-unavailable"));
    }
  }
}
