package dev.weir.cli.graph;

import dev.weir.graph.SuperstepReport;
import java.io.PrintStream;
import java.util.Locale;

/** A line for each superstep; for the later ones of a long run, one a second. */
final class SuperstepLines implements SuperstepReport.Listener {

  private static final int ALL_BELOW = 30;
  private static final long SECOND = 1_000_000_000;

  private final PrintStream out;

  /** Of the last line; one thread at a time is told of supersteps. */
  private volatile long shownAt;

  SuperstepLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void completed(SuperstepReport report) {
    if (report.superstep() >= ALL_BELOW && report.nanos() - shownAt < SECOND) {
      return;
    }
    shownAt = report.nanos();
    out.printf(
        Locale.ROOT,
        "superstep %d: %,d vertices computed, %,d awake, %,d messages, %,d KiB, %.3f s%n",
        report.superstep(),
        report.computed(),
        report.awake(),
        report.messages(),
        report.bytes() / 1024,
        (double) report.nanos() / SECOND);
  }
}
