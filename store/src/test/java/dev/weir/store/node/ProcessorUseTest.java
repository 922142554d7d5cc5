package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.node.ProcessorUse.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorUseTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Reading BEGIN = new Reading(0, 0, 1000, 5000);

  @TempDir Path directory;

  @Test
  void whatThisProcessUsesCountsAgainstItsOwnProcessors() {
    assertThat(ProcessorUse.isBusy(BEGIN, after(SECOND, 0), 2)).isFalse();
    assertThat(ProcessorUse.isBusy(BEGIN, after(4 * SECOND, 0), 2)).isTrue();
    assertThat(ProcessorUse.isBusy(BEGIN, after(4 * SECOND, 0), 4)).isFalse();
  }

  @Test
  void aMachineWithoutIdleTimeIsBusy() {
    assertThat(ProcessorUse.isBusy(BEGIN, after(0, 350), 2)).isFalse();
    assertThat(ProcessorUse.isBusy(BEGIN, after(0, 380), 2)).isTrue();
  }

  @Test
  void aMachineThatSaysNothingIsNotBusy() {
    Reading silent = new Reading(2 * SECOND, 0, 0, 0);
    assertThat(ProcessorUse.isBusy(new Reading(0, 0, 0, 0), silent, 2)).isFalse();
    assertThat(ProcessorUse.machine(directory.resolve("none"))).containsExactly(0, 0);
  }

  @Test
  void workThatGivesWayIsNoUse() throws Exception {
    Path stat = directory.resolve("stat");
    Files.writeString(stat, "cpu  100 700 30 150 50 3 4 5 9 9\ncpu0 1 2 3 4 5 6 7 8 9 10\n");
    assertThat(ProcessorUse.machine(stat)).containsExactly(142, 1042);
    Files.writeString(stat, "intr 1 2 3\n");
    assertThat(ProcessorUse.machine(stat)).containsExactly(0, 0);
  }

  @Test
  void aBusyMachineGivesAQuarterOfItsRate() {
    AtomicLong used = new AtomicLong();
    AtomicLong ago = new AtomicLong(10 * SECOND); // each reading is a window after the one before
    ProcessorUse use =
        new ProcessorUse(
            () ->
                new Reading(
                    System.nanoTime() - ago.getAndAdd(-3 * SECOND),
                    used.getAndAdd(6 * SECOND),
                    0,
                    0),
            2);
    LongSupplier rate = LoadedThrottle.rate(1000, use);
    assertThat(rate.getAsLong()).as("two of two processors").isEqualTo(250);
    used.addAndGet(-6 * SECOND);
    assertThat(rate.getAsLong()).as("idle since").isEqualTo(1000);
  }

  /** Two seconds later on a machine with two processors. */
  private static Reading after(long own, long machine) {
    return new Reading(2 * SECOND, own, 1000 + machine, 5000 + 400);
  }
}
