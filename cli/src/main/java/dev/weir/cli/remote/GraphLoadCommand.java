package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandException;
import dev.weir.cli.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Mixin private Loading loading = new Loading();

  private final PrintStream terminal;

  /** A command that shows progress on a terminal. */
  public GraphLoadCommand(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if ((vertices == null) == !collection.isEmpty() || (edges == null) == !type.isEmpty()) {
      throw new CommandException(
          "say --vertices with --collection, --edges with --type, or both pairs");
    }
    loading.begin();
    if (vertices != null) {
      load(vertices, collection, 1);
    }
    if (edges != null) {
      load(edges, type, 2);
    }
    return loading.end();
  }

  private void load(Path file, String into, int ends) {
    try (BufferedReader lines = Files.newBufferedReader(file);
        Progress progress = Progress.start(terminal, into, Math.max(1, Files.size(file)))) {
      GraphLine reader = new GraphLine(ends, file.toString().endsWith(".csv"));
      loading.load(
          connection.client(), into, new Loading.Input(file + ", ", lines, progress), reader::read);
    } catch (IOException e) {
      throw new CommandException(file + " cannot be read: " + e.getMessage(), e);
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
