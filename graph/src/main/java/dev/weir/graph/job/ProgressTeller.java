package dev.weir.graph.job;

import dev.weir.graph.RunReport;
import dev.weir.graph.SuperstepReport;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says how far a computation is, a few times a second. Called by one thread at a time. */
final class ProgressTeller implements SuperstepReport.Listener {

  private static final long BETWEEN_REPORTS = 200_000_000;
  private static final long MILLION = 1_000_000;

  private final OptionalInt supersteps;
  private final int first;
  private final Consumer<JobView.Progress> tell;
  private volatile long messages;
  private volatile long bytes;
  private volatile long reportedAt;

  /**
   * A teller.
   *
   * @param supersteps how many there are in all, if that is known
   * @param first the one that is computed first
   */
  ProgressTeller(OptionalInt supersteps, int first, Consumer<JobView.Progress> tell) {
    this.supersteps = supersteps;
    this.first = first;
    this.tell = tell;
  }

  @Override
  public void completed(SuperstepReport report) {
    long allMessages = messages + report.messages();
    long allBytes = bytes + report.bytes();
    messages = allMessages;
    bytes = allBytes;
    if (report.superstep() > first && report.nanos() - reportedAt < BETWEEN_REPORTS) {
      return;
    }
    reportedAt = report.nanos();
    tell.accept(
        new JobView.Progress(
            report.superstep(),
            report.computed(),
            report.awake(),
            allMessages,
            allBytes,
            report.nanos() / MILLION,
            left(report)));
  }

  private JobView.@Nullable Left left(SuperstepReport report) {
    int done = report.superstep() + 1;
    if (supersteps.isEmpty() || supersteps.getAsInt() < done) {
      return null;
    }
    int left = supersteps.getAsInt() - done;
    return new JobView.Left(left, report.nanos() / (done - first) * left / MILLION);
  }

  /** It is over. */
  void ended(RunReport report) {
    tell.accept(
        new JobView.Progress(
            report.supersteps() - 1,
            0,
            0,
            report.messages(),
            report.bytes(),
            report.nanos() / MILLION,
            new JobView.Left(0, 0)));
  }
}
