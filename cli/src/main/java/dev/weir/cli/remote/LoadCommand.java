package dev.weir.cli.remote;

import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.cli.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads a file of JSON lines into a collection. */
@Command(
    name = "load",
    description = {
      "Load JSON lines into a collection that API calls write.",
      "A line is a document whose key --key names, or {\"key\":…,\"document\":…} as",
      "'weir scan --output json' prints it. Bad lines are reported and left out."
    },
    mixinStandardHelpOptions = true)
public final class LoadCommand implements Callable<Integer> {

  private static final int UNKNOWN_SIZE = -1;
  private static final int MOST_PARALLEL = 256;

  @Mixin private Connection connection = new Connection();

  @Parameters(index = "0", paramLabel = "<collection>", description = "name of the collection")
  private String collection = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "<file>",
      description = "the file; without it, or with -, standard input")
  private @Nullable Path file;

  @Option(
      names = {"-k", "--key"},
      paramLabel = "<field>",
      description = "field that is the key; several for the parts of a tuple")
  private List<String> keyFields = new ArrayList<>();

  @Option(
      names = "--parallel",
      paramLabel = "<n>",
      description = "requests at once (default: ${DEFAULT-VALUE})",
      defaultValue = "16")
  private int parallel;

  @Option(
      names = "--max-errors",
      paramLabel = "<n>",
      description = "give up after so many bad lines (default: ${DEFAULT-VALUE})",
      defaultValue = "1000")
  private int maxErrors;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final InputStream in;
  private final PrintStream terminal;
  private final AtomicLong failed = new AtomicLong();

  /** A command that reads {@code in} if no file is named, and shows progress on a terminal. */
  public LoadCommand(InputStream in, PrintStream terminal) {
    this.in = in;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (parallel < 1 || parallel > MOST_PARALLEL || maxErrors < 0) {
      throw new CommandException(
          "--parallel is from 1 to " + MOST_PARALLEL + ", --max-errors at least 0");
    }
    failed.set(0);
    long loaded;
    try (InputStream lines = open();
        Loader loader = new Loader(connection.client(), collection, parallel, this::report)) {
      read(lines, loader);
      loaded = loader.finish();
    } catch (IOException e) {
      throw new CommandException("the lines cannot be read: " + e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%,d stored, %,d bad%n", loaded, failed.get());
    if (failed.get() > maxErrors) {
      throw new CommandException("given up after more than " + maxErrors + " bad lines");
    }
    return failed.get() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private InputStream open() throws IOException {
    return isFile() ? Files.newInputStream(file()) : in;
  }

  private boolean isFile() {
    return file != null && !file.toString().equals("-");
  }

  private Path file() {
    if (file == null) {
      throw new IllegalStateException("no file");
    }
    return file;
  }

  private void read(InputStream lines, Loader loader) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8));
    long size = isFile() ? Files.size(file()) : UNKNOWN_SIZE;
    try (Progress progress = size > 0 ? Progress.start(terminal, "load", size) : null) {
      long number = 0;
      for (String line = reader.readLine();
          line != null && failed.get() <= maxErrors;
          line = reader.readLine()) {
        number++;
        add(number, line, loader);
        if (progress != null) {
          progress.step(line.getBytes(StandardCharsets.UTF_8).length + 1L);
        }
      }
      loader.finish();
    }
  }

  private void add(long number, String line, Loader loader) {
    if (line.isBlank()) {
      return;
    }
    try {
      loader.add(LoadLine.read(number, line, keyFields));
    } catch (IllegalArgumentException e) {
      report(number, String.valueOf(e.getMessage()));
    }
  }

  private void report(long number, String reason) {
    failed.incrementAndGet();
    PrintWriter err = spec.commandLine().getErr();
    synchronized (err) {
      err.println("line " + number + ": " + reason);
    }
  }
}
