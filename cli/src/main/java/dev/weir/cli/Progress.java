package dev.weir.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far something has got: a bar on a terminal, a line every tenth of the way elsewhere.
 * Used by one thread.
 */
public final class Progress implements AutoCloseable {

  /** System property that says whether standard error is a terminal; Java cannot tell. */
  private static final String TERMINAL = "weir.terminal";

  private static final int REFRESH_MILLIS = 100;
  private static final int WIDTH = 78;
  private static final int TENTHS = 10;

  private final PrintStream err;
  private final String task;
  private final long most;
  private final @Nullable ProgressBar bar;
  private long done;
  private long told;

  private Progress(PrintStream err, String task, long most, @Nullable ProgressBar bar) {
    this.err = err;
    this.task = task;
    this.most = most;
    this.bar = bar;
  }

  /**
   * Starts to show something.
   *
   * @param err where to; a bar if it is the terminal
   * @param task a few words
   * @param most how much is to be done; at least 1
   */
  public static Progress start(PrintStream err, String task, long most) {
    if (!Boolean.getBoolean(TERMINAL) || !err.equals(System.err)) {
      return new Progress(err, task, most, null);
    }
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(most)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .setMaxRenderedLength(WIDTH)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
            .build();
    return new Progress(err, task, most, bar);
  }

  /** So much is done by now. */
  public void at(long now) {
    done = now;
    if (bar != null) {
      bar.stepTo(now);
      return;
    }
    long tenth = Math.min(TENTHS, now * TENTHS / most);
    if (tenth > told) {
      told = tenth;
      err.printf("%s: %,d of %,d%n", task, now, most);
    }
  }

  /** So much more is done. */
  public void step(long more) {
    at(done + more);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
