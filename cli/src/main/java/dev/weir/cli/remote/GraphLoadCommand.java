package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.cli.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
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
import picocli.CommandLine.Spec;

/** Loads a graph from files into collections. */
@Command(
    name = "load",
    description = {
      "Load vertices and edges from files into an application.",
      "A file that ends in .csv has a header: id (or from, to and perhaps id) are keys, other",
      "columns become fields. Any other file is EVLP: 'id', and 'from to [weight]'.",
      "Bad lines are reported and left out."
    },
    mixinStandardHelpOptions = true)
public final class GraphLoadCommand implements Callable<Integer> {

  private static final int MOST_PARALLEL = 256;

  @Mixin private Connection connection = new Connection();

  @Option(names = "--vertices", paramLabel = "<file>", description = "a vertex on each line")
  private @Nullable Path vertices;

  @Option(names = "--edges", paramLabel = "<file>", description = "an edge on each line")
  private @Nullable Path edges;

  @Option(
      names = "--collection",
      paramLabel = "<name>",
      description = "where vertices go",
      defaultValue = "")
  private String collection = "";

  @Option(
      names = "--type",
      paramLabel = "<name>",
      description = "edge type of the edges",
      defaultValue = "")
  private String type = "";

  @Option(
      names = "--parallel",
      paramLabel = "<n>",
      description = "requests at once (default: ${DEFAULT-VALUE})",
      defaultValue = "32")
  private int parallel;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final PrintStream terminal;
  private final AtomicLong failed = new AtomicLong();

  /** A command that shows progress on a terminal. */
  public GraphLoadCommand(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (parallel < 1 || parallel > MOST_PARALLEL) {
      throw new CommandException("--parallel is from 1 to " + MOST_PARALLEL);
    }
    if ((vertices == null) == !collection.isEmpty() || (edges == null) == !type.isEmpty()) {
      throw new CommandException(
          "say --vertices with --collection, --edges with --type, or both pairs");
    }
    failed.set(0);
    long stored = 0;
    if (vertices != null) {
      stored += load(vertices, collection, 1);
    }
    if (edges != null) {
      stored += load(edges, type, 2);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%,d stored, %,d bad%n", stored, failed.get());
    out.flush();
    return failed.get() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private long load(Path file, String into, int ends) {
    try (BufferedReader lines = Files.newBufferedReader(file);
        Loader loader =
            new Loader(
                connection.client(), into, parallel, (line, why) -> report(file, line, why))) {
      long size = Math.max(1, Files.size(file));
      GraphLine reader = new GraphLine(ends, file.toString().endsWith(".csv"));
      try (Progress progress = Progress.start(terminal, into, size)) {
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          number++;
          add(file, number, line, reader, loader);
          progress.step(line.length() + 1L);
        }
        return loader.finish();
      }
    } catch (IOException e) {
      throw new CommandException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void add(Path file, long number, String line, GraphLine reader, Loader loader) {
    if (line.isBlank()) {
      return;
    }
    try {
      LoadLine read = reader.read(number, line);
      if (read != null) {
        loader.add(read);
      }
    } catch (IllegalArgumentException e) {
      report(file, number, String.valueOf(e.getMessage()));
    }
  }

  private void report(Path file, long number, String reason) {
    failed.incrementAndGet();
    PrintWriter err = spec.commandLine().getErr();
    synchronized (err) {
      err.println(file + ", line " + number + ": " + reason);
    }
  }

  /** Reads lines of one file; the first one of a CSV file is its header. */
  static final class GraphLine {
    private final int ends;
    private final boolean csv;
    private List<String> names = List.of();

    /**
     * A reader.
     *
     * @param ends 1 for vertices, 2 for edges
     */
    GraphLine(int ends, boolean csv) {
      this.ends = ends;
      this.csv = csv;
    }

    /** The document of a line; null if it is the header. */
    @Nullable LoadLine read(long number, String line) {
      String[] parts = csv ? line.split(",", -1) : line.strip().split("\\s+");
      if (!csv && names.isEmpty()) {
        names = ends == 1 ? List.of("id") : List.of("from", "to", "weight");
      }
      if (names.isEmpty()) {
        names = header(parts);
        return null;
      }
      if (parts.length > names.size() || parts.length < ends) {
        throw new IllegalArgumentException(parts.length + " values for " + names);
      }
      List<String> keys = ends == 1 ? List.of("id") : List.of("from", "to", "id");
      ArrayNode key = JsonNodeFactory.instance.arrayNode();
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      for (String part : keys) {
        int at = names.indexOf(part);
        if (at >= 0 && at < parts.length) {
          key.add(value(parts[at].strip()));
        }
      }
      for (int i = 0; i < parts.length; i++) {
        if (!keys.contains(names.get(i)) && !parts[i].isBlank()) {
          document.set(names.get(i), value(parts[i].strip()));
        }
      }
      return new LoadLine(number, ends == 1 ? key.get(0).asText() : key.toString(), document);
    }

    private List<String> header(String[] parts) {
      List<String> read = new ArrayList<>();
      for (String part : parts) {
        read.add(part.strip());
      }
      List<String> needed = ends == 1 ? List.of("id") : List.of("from", "to");
      if (!read.containsAll(needed)) {
        throw new IllegalArgumentException("the header needs the columns " + needed);
      }
      return read;
    }

    /** A number where it is written like one, else a text. */
    private static JsonNode value(String text) {
      if (text.matches("-?(0|[1-9][0-9]{0,17})")) {
        return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
      }
      if (text.matches("-?[0-9]+\\.[0-9]+([eE][-+]?[0-9]+)?")) {
        return JsonNodeFactory.instance.numberNode(Double.parseDouble(text));
      }
      return JsonNodeFactory.instance.textNode(text);
    }
  }
}
