package dev.weir.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.chaos.run.RunSettings.Mix;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Clients call a cluster of processes while faults are injected. Ordinarily a short mix; with the
 * profile {@code chaos} all faults for as long as {@code weir.chaos.seconds} says. The seed is
 * printed and can be given with {@code weir.chaos.seed}, the mix with {@code weir.chaos.mix}.
 */
final class ChaosTest {

  private static final long SEED = Long.getLong("weir.chaos.seed", System.nanoTime() & 0xffffffL);
  private static final int SECONDS = Integer.getInteger("weir.chaos.seconds", 30);
  private static final int CLIENTS = Integer.getInteger("weir.chaos.clients", 8);
  private static final Mix MIX = Mix.valueOf(System.getProperty("weir.chaos.mix", "SHORT"));

  @Test
  void everyPromiseIsKept() throws Exception {
    Path directory = Path.of("target", "chaos-" + SEED).toAbsolutePath();
    Report report =
        ChaosRun.run(
            new RunSettings(
                SEED, Duration.ofSeconds(SECONDS), CLIENTS, Duration.ofMillis(40), MIX, directory));
    System.out.println(report.text());
    assertThat(report.isGood()).as(report.text()).isTrue();
  }
}
