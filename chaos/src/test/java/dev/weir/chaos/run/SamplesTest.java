package dev.weir.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.chaos.fault.Fault;
import dev.weir.chaos.load.Probe.Kind;
import dev.weir.chaos.load.Probe.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SamplesTest {

  private static final long MILLI = 1_000_000;

  private final List<Sample> all = new ArrayList<>();

  private void call(Kind kind, int shard, long start, long took, String problem) {
    boolean answered = !problem.equals("reset");
    all.add(new Sample(kind, shard, start * MILLI, (start + took) * MILLI, problem, answered));
  }

  @Test
  void allIsBackWhenTheLastShardIs() {
    call(Kind.WRITE, 0, 0, 5, "");
    call(Kind.WRITE, 1, 10, 5, "");
    call(Kind.WRITE, 0, 100, 7, "");
    call(Kind.WRITE, 1, 110, 5, "rebalancing");
    assertThat(new Samples(all).back(50 * MILLI)).as("never").isEqualTo(Long.MAX_VALUE);
    call(Kind.WRITE, 1, 2_000, 500, "");
    call(Kind.WRITE, 1, 2_100, 10, "");
    assertThat(new Samples(all).back(50 * MILLI)).isEqualTo(2_110 * MILLI);
  }

  @Test
  void percentilesAreOfAllThatTookPart() {
    for (int i = 1; i <= 200; i++) {
      call(Kind.EVENTUAL, 0, i, i, "");
    }
    Samples samples = new Samples(all);
    assertThat(samples.percentile(99)).isEqualTo(199);
    assertThat(samples.percentile(100)).isEqualTo(200);
    assertThat(samples.between(10 * MILLI, 20 * MILLI).percentile(100)).isEqualTo(19);
    assertThat(new Samples(List.of()).percentile(99)).isZero();
  }

  @Test
  void aFailoverLastsUntilStrongReadsAndWritesAreBack() {
    for (Kind kind : List.of(Kind.STRONG, Kind.WRITE)) {
      call(kind, 0, 900, 5, "");
      call(kind, 0, 1_100, 5, "rebalancing");
      call(kind, 0, 5_000, 20, "");
    }
    call(Kind.EVENTUAL, 0, 1_050, 3, "reset");
    call(Kind.EVENTUAL, 0, 4_000, 77, "");
    call(Kind.EVENTUAL, 0, 6_000, 999, "not of the failover");
    Fault fault = new Fault.KillNode(0, Duration.ofSeconds(9));
    Injected injected =
        new Injected(fault, 1_000 * MILLI, 10_000 * MILLI, Duration.ofSeconds(1), "");
    List<String> lines = new Failovers(new Samples(all), 20_000 * MILLI).lines(List.of(injected));
    assertThat(lines.get(1)).contains("back after 4020 ms").contains("1 calls died");
    assertThat(lines).anyMatch(line -> line.contains("eventual reads: 1, p99 77 ms"));
  }
}
