package dev.weir.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.client.Item;
import dev.weir.client.Scan;
import dev.weir.client.WeirClient;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has the nodes of an application run an algorithm over its graph, and waits. */
@Command(
    name = "submit",
    description = {
      "Run an algorithm over the graph that an application holds, on all of its nodes.",
      "The values become documents of the collection --result; what stands out is shown."
    },
    mixinStandardHelpOptions = true)
public final class GraphSubmitCommand implements Callable<Integer> {

  private static final Duration FOR_EVER = Duration.ofDays(10_000);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private Connection connection = new Connection();

  @Parameters(index = "0", paramLabel = "<algorithm>", description = "as 'weir graph run' has them")
  private String algorithm = "";

  @Option(
      names = "--edges",
      paramLabel = "<type>",
      required = true,
      description = "an edge type, '<type>:reversed' against its direction; may be repeated")
  private List<String> edges = new ArrayList<>();

  @Option(
      names = "--result",
      paramLabel = "<collection>",
      required = true,
      description = "collection that takes the values; made if it is not there")
  private String result = "";

  @Option(
      names = "--param",
      paramLabel = "<name=value>",
      description = "a parameter of the algorithm; may be repeated")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(names = "--undirected", description = "edges have no direction")
  private boolean undirected;

  @Option(names = "--weight", paramLabel = "<field>", description = "field that holds weights")
  private @Nullable String weight;

  @Option(names = "--where", paramLabel = "<filter>", description = "which documents are vertices")
  private @Nullable String vertexFilter;

  @Option(names = "--where-edges", paramLabel = "<filter>", description = "which edges count")
  private @Nullable String edgeFilter;

  @Option(
      names = "--top",
      paramLabel = "<n>",
      description = "how many scores or groups are shown (default: ${DEFAULT-VALUE})",
      defaultValue = "10")
  private int top;

  @Option(names = "--output", paramLabel = "<file>", description = "where 'vertex value' lines go")
  private @Nullable Path output;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final PrintStream terminal;

  /** A command that shows progress on a terminal. */
  public GraphSubmitCommand(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    WeirClient client = connection.client();
    JsonNode job = ended(client, client.jobs().submit(request()).path("id").asText());
    if (!job.path("state").asText().equals("done")) {
      throw new CommandException(
          "job " + job.path("id").asText() + " " + state(job) + ": " + job.path("reason").asText());
    }
    job.path("warnings").forEach(warning -> terminal.println("warning: " + warning.asText()));
    terminal.printf(
        Locale.ROOT,
        "run %s in %s: %,d values%n",
        job.path("run").asText(),
        result,
        job.path("values").asLong());
    show(client.from(client.position()), job.path("run").asText());
    return ExitCode.OK;
  }

  private static String state(JsonNode job) {
    return job.path("state").asText();
  }

  private ObjectNode request() {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("algorithm", algorithm);
    parameters.forEach(request.putObject("parameters")::put);
    ArrayNode types = request.putArray("edges");
    for (String each : edges) {
      boolean reversed = each.endsWith(":reversed");
      String type = reversed ? each.substring(0, each.lastIndexOf(':')) : each;
      types.addObject().put("type", type).put("reversed", reversed);
    }
    request.put("undirected", undirected).put("result", result);
    if (weight != null) {
      request.put("weight", weight);
    }
    filter(request, "vertexFilter", vertexFilter);
    filter(request, "edgeFilter", edgeFilter);
    return request;
  }

  private static void filter(ObjectNode request, String field, @Nullable String text) {
    if (text == null) {
      return;
    }
    try {
      request.set(field, JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new CommandException("no filter in JSON: " + text, e);
    }
  }

  private JsonNode ended(WeirClient client, String id) {
    AtomicReference<String> shown = new AtomicReference<>("");
    JsonNode job =
        client
            .jobs()
            .await(
                id,
                FOR_EVER,
                now -> {
                  String line = line(now);
                  if (!line.equals(shown.getAndSet(line))) {
                    terminal.println(line);
                  }
                });
    if (Thread.currentThread().isInterrupted()) {
      throw new CommandException("interrupted; the job goes on: " + id);
    }
    return job;
  }

  private static String line(JsonNode job) {
    JsonNode progress = job.path("progress");
    JsonNode graph = job.path("graph");
    if (progress.isObject()) {
      return String.format(
          Locale.ROOT,
          "superstep %d: %,d vertices computed, %,d awake, %,d messages in %,d KiB, %.1f s%s",
          progress.path("superstep").asInt(),
          progress.path("computed").asLong(),
          progress.path("awake").asLong(),
          progress.path("messages").asLong(),
          progress.path("bytes").asLong() / 1024,
          progress.path("millis").asLong() / 1000.0,
          left(progress));
    }
    return graph.isObject()
        ? String.format(
            Locale.ROOT,
            "%,d vertices, %,d edges, %,d left out",
            graph.path("vertices").asLong(),
            graph.path("edges").asLong(),
            graph.path("dangling").asLong())
        : "job " + job.path("id").asText() + " " + state(job);
  }

  private static String left(JsonNode progress) {
    long supersteps = progress.path("superstepsLeft").asLong();
    return supersteps == 0
        ? ""
        : String.format(
            Locale.ROOT,
            ", %d supersteps left, about %.1f s",
            supersteps,
            progress.path("millisLeft").asLong() / 1000.0);
  }

  private void show(WeirClient client, String run) {
    ValueSummary summary = new ValueSummary(algorithm, top);
    try (BufferedWriter out = output == null ? null : Files.newBufferedWriter(output)) {
      for (Item item : client.scan(result, Scan.all().prefix("[\"" + run + "\"]"))) {
        String vertex = vertex(item.key());
        JsonNode value = item.document().path("value");
        if (out != null) {
          out.write(vertex + " " + (value.isNull() ? "Infinity" : value.asText()) + "\n");
        }
        summary.add(vertex, value);
      }
    } catch (IOException e) {
      throw new CommandException(output + " cannot be written: " + e, e);
    }
    summary.print(spec.commandLine().getOut());
  }

  /** The key without the run. */
  private static String vertex(JsonNode key) {
    List<String> parts = new ArrayList<>();
    for (int i = 1; i < key.size(); i++) {
      parts.add(key.get(i).asText());
    }
    return String.join(" ", parts);
  }
}
