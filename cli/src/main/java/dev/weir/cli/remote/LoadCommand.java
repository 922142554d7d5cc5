package dev.weir.cli.remote;

import dev.weir.cli.CommandException;
import dev.weir.cli.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Mixin private Loading loading = new Loading();

  private final InputStream in;
  private final PrintStream terminal;

  /** A command that reads {@code in} if no file is named, and shows progress on a terminal. */
  public LoadCommand(InputStream in, PrintStream terminal) {
    this.in = in;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    loading.begin();
    try (InputStream bytes = open();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      long size = isFile() ? Files.size(file()) : UNKNOWN_SIZE;
      try (Progress progress = size > 0 ? Progress.start(terminal, "load", size) : null) {
        loading.load(
            connection.client(),
            collection,
            new Loading.Input("", lines, progress),
            (number, line) -> LoadLine.read(number, line, keyFields));
      }
    } catch (IOException e) {
      throw new CommandException("the lines cannot be read: " + e.getMessage(), e);
    }
    return loading.end();
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
}
