package dev.weir.store.node;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the processors have no room for more: this process has used most of its own over the last
 * seconds, or the machine all of them. Work that gives way to others (of lower priority) does not
 * count. Safe from any thread.
 */
final class ProcessorUse {
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final double MOST_OF_OWN = 0.75;
  private static final double ALL = 0.9;

  private final Supplier<Reading> readings;
  private final int processors;
  private Reading before; // under "this"
  private boolean busy; // under "this"

  /**
   * What was used up to a moment.
   *
   * @param at the moment, in nanoseconds of {@link System#nanoTime}
   * @param own time of processors that this process has used, in nanoseconds
   * @param machine the same of the machine, in any unit; 0 = not known
   * @param present what the machine's processors could have given, in that unit
   */
  record Reading(long at, long own, long machine, long present) {}

  /** Of this process on this machine. */
  ProcessorUse() {
    this(ProcessorUse::read, Runtime.getRuntime().availableProcessors());
  }

  ProcessorUse(Supplier<Reading> readings, int processors) {
    this.readings = readings;
    this.processors = processors;
    this.before = readings.get();
  }

  /** Whether it was so over the last two to four seconds. */
  synchronized boolean busy() {
    if (System.nanoTime() - before.at() >= WINDOW_NANOS) {
      Reading now = readings.get();
      busy = isBusy(before, now, processors);
      before = now;
    }
    return busy;
  }

  static boolean isBusy(Reading from, Reading to, int processors) {
    double own = (double) (to.own() - from.own()) / Math.max(1, to.at() - from.at());
    long present = to.present() - from.present();
    return own > MOST_OF_OWN * processors
        || (present > 0 && to.machine() - from.machine() > ALL * present);
  }

  private static Reading read() {
    long own =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? Math.max(0, system.getProcessCpuTime())
            : 0;
    long[] machine = machine(Path.of("/proc/stat"));
    return new Reading(System.nanoTime(), own, machine[0], machine[1]);
  }

  /** Used and present time of all processors; zeros where the system does not say. */
  static long[] machine(Path stat) {
    try (Stream<String> lines = Files.lines(stat)) {
      return lines.findFirst().map(ProcessorUse::machine).orElse(new long[2]);
    } catch (IOException | RuntimeException e) {
      return new long[2];
    }
  }

  /** Fields: user, nice, system, idle, iowait, irq, softirq, steal; guests are in the first two. */
  private static long[] machine(@Nullable String line) {
    if (line == null || !line.startsWith("cpu ")) {
      return new long[2];
    }
    String[] fields = line.strip().split("\\s+");
    long present = 0;
    for (int i = 1; i < Math.min(9, fields.length); i++) {
      present += Long.parseLong(fields[i]);
    }
    long givingWay = Long.parseLong(fields[2]);
    long idle = Long.parseLong(fields[4]) + Long.parseLong(fields[5]);
    return new long[] {present - givingWay - idle, present};
  }
}
