package dev.weir.cli.remote;

import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.cli.Progress;
import dev.weir.client.WeirClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command puts the lines of files: so many at once, and bad ones are told and left out. */
final class Loading {

  private static final int MOST_PARALLEL = 256;

  @Option(
      names = "--parallel",
      paramLabel = "<n>",
      description = "requests at once (default: ${DEFAULT-VALUE})",
      defaultValue = "32")
  private int parallel;

  @Option(
      names = "--max-errors",
      paramLabel = "<n>",
      description = "give up after so many bad lines (default: ${DEFAULT-VALUE})",
      defaultValue = "1000")
  private int maxErrors;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong bad = new AtomicLong();

  /** Says which document a line is. */
  interface Reader {

    /**
     * The document of a line; null if it is none and not bad either.
     *
     * @throws IllegalArgumentException if it is bad, and why
     */
    @Nullable LoadLine read(long number, String line);
  }

  /**
   * Lines and where they come from.
   *
   * @param place said before the number of a bad line
   * @param progress told of every byte; null = nobody looks
   */
  record Input(String place, BufferedReader lines, @Nullable Progress progress) {}

  /**
   * Forgets what was loaded before.
   *
   * @throws CommandException if an option makes no sense
   */
  void begin() {
    if (parallel < 1 || parallel > MOST_PARALLEL || maxErrors < 0) {
      throw new CommandException(
          "--parallel is from 1 to " + MOST_PARALLEL + ", --max-errors at least 0");
    }
    stored.set(0);
    bad.set(0);
  }

  /** Puts all lines into a collection, unless too many are bad; returns when all are answered. */
  void load(WeirClient client, String collection, Input input, Reader reader) throws IOException {
    try (Loader loader =
        new Loader(
            client, collection, parallel, (number, why) -> report(input.place, number, why))) {
      long number = 0;
      for (String line = input.lines.readLine();
          line != null && !isGivenUp();
          line = input.lines.readLine()) {
        number++;
        add(input, number, line, reader, loader);
      }
      stored.addAndGet(loader.finish());
    }
  }

  private void add(Input input, long number, String line, Reader reader, Loader loader) {
    if (!line.isBlank()) {
      try {
        LoadLine document = reader.read(number, line);
        if (document != null) {
          loader.add(document);
        }
      } catch (IllegalArgumentException e) {
        report(input.place, number, String.valueOf(e.getMessage()));
      }
    }
    if (input.progress != null) {
      input.progress.step(line.getBytes(StandardCharsets.UTF_8).length + 1L);
    }
  }

  private boolean isGivenUp() {
    return bad.get() > maxErrors;
  }

  private void report(String place, long number, String reason) {
    bad.incrementAndGet();
    PrintWriter err = command.commandLine().getErr();
    synchronized (err) {
      err.println(place + "line " + number + ": " + reason);
    }
  }

  /**
   * Says how many were stored, and gives the command's exit code.
   *
   * @throws CommandException if there were too many bad lines
   */
  int end() {
    PrintWriter out = command.commandLine().getOut();
    out.printf("%,d stored, %,d bad%n", stored.get(), bad.get());
    out.flush();
    if (isGivenUp()) {
      throw new CommandException("given up after more than " + maxErrors + " bad lines");
    }
    return bad.get() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }
}
