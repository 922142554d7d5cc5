package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.ExitCode;
import dev.weir.cli.Output;
import dev.weir.cli.TextTable;
import dev.weir.client.WeirClient;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows nodes, shards, collections and sources. */
@Command(
    name = "status",
    description = "Show nodes, shards, collections and sources as a node sees them.",
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

  @Mixin private Connection connection = new Connection();

  @Mixin private Output output = new Output();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    WeirClient client = connection.client();
    JsonNode cluster = client.cluster();
    JsonNode collections = client.collections().path("collections");
    JsonNode sources = client.sources().path("sources");
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.set("cluster", cluster);
      json.set("collections", collections);
      json.set("sources", sources);
      out.println(json);
      return ExitCode.OK;
    }
    out.printf(
        "application %s, generation %d, log %s%n%n",
        cluster.path("application").asText(),
        cluster.path("generation").asInt(),
        cluster.path("logId").asText());
    nodes(cluster.path("nodes")).print(out);
    out.println();
    shards(cluster.path("shards")).print(out);
    placement(cluster.path("shards"), out);
    arriving(cluster.path("nodes"), out);
    out.println();
    collections(collections).print(out);
    if (!sources.isEmpty()) {
      out.println();
      sources(sources).print(out);
    }
    building(cluster.path("shards"), out);
    out.println();
    out.println("What the log does not need any more: weir truncate --dry-run");
    return ExitCode.OK;
  }

  /** How far the shards are with indexes that they do not have completely. */
  private static void building(JsonNode shards, PrintWriter out) {
    Map<String, long[]> progress = new TreeMap<>();
    for (JsonNode shard : shards) {
      for (JsonNode index : shard.path("active").path("building")) {
        long[] sums = progress.computeIfAbsent(index.path("index").asText(), name -> new long[2]);
        sums[0] += index.path("documents").asLong();
        sums[1] += index.path("of").asLong();
      }
    }
    if (!progress.isEmpty()) {
      out.println();
    }
    progress.forEach(
        (name, sums) ->
            out.println(
                "Index "
                    + name
                    + " is being made: "
                    + sums[0]
                    + " of "
                    + sums[1]
                    + " documents"
                    + " in the shards that do not have it yet"));
  }

  private static TextTable nodes(JsonNode nodes) {
    TextTable table = new TextTable("NODE", "URL", "RACK", "PID", "LIVE", "SHARDS");
    for (JsonNode node : nodes) {
      table.row(
          node.path("id").asText(),
          node.path("url").asText(),
          orDash(node.path("rack")),
          node.path("pid").asText(),
          node.path("live").asBoolean() ? "yes" : "no",
          orDash(join(node.path("shards"))));
    }
    return table;
  }

  private static TextTable shards(JsonNode shards) {
    TextTable table =
        new TextTable("SHARD", "ACTIVE", "STATE", "POSITION", "LAG", "SIZE", "STANDBYS");
    for (JsonNode shard : shards) {
      JsonNode active = shard.path("active");
      List<String> standbys = new ArrayList<>();
      for (JsonNode standby : shard.path("standbys")) {
        standbys.add(standby.path("node").asText() + " (lag " + orDash(standby.path("lag")) + ")");
      }
      table.row(
          shard.path("shard").asText(),
          orDash(active.path("node")),
          state(active),
          orDash(active.path("position")),
          orDash(active.path("lag")),
          size(active.path("sizeBytes")),
          standbys.isEmpty() ? "-" : String.join(", ", standbys));
    }
    return table;
  }

  /** Names the shards whose copies are not as they should be. */
  private static void placement(JsonNode shards, PrintWriter out) {
    Map<String, List<String>> faults = new TreeMap<>();
    for (JsonNode shard : shards) {
      String state = shard.path("placement").asText();
      if (List.of("under-replicated", "misplaced", "building").contains(state)) {
        faults.computeIfAbsent(state, s -> new ArrayList<>()).add(shard.path("shard").asText());
      }
    }
    faults.forEach(
        (state, named) ->
            out.printf(
                "%n%s: shards %s; see 'weir placement explain'%n", state, String.join(" ", named)));
  }

  /** Shows the states that nodes are fetching, if there are any. */
  private static void arriving(JsonNode nodes, PrintWriter out) {
    TextTable table =
        new TextTable("ARRIVING AT", "SHARD", "FROM", "ARRIVED", "OF", "RATE", "LEFT", "DETAIL");
    boolean any = false;
    for (JsonNode node : nodes) {
      for (JsonNode state : node.path("arriving")) {
        any = true;
        table.row(
            node.path("id").asText(),
            state.path("shard").asText(),
            orDash(state.path("source")),
            size(state.path("arrived")),
            size(state.path("bytes")),
            size(state.path("bytesPerSecond")) + "/s",
            state.path("secondsLeft").isNumber() ? state.path("secondsLeft").asText() + " s" : "-",
            state.path("detail").asText());
      }
    }
    if (any) {
      out.println();
      table.print(out);
    }
  }

  private static String state(JsonNode active) {
    if (!active.isObject()) {
      return "no active";
    }
    if (active.path("stopReason").isTextual()) {
      return "stopped: " + active.path("stopReason").textValue();
    }
    if (!active.path("live").asBoolean()) {
      return "node gone";
    }
    return active.path("serving").asBoolean() ? "serving" : "not ready";
  }

  private static TextTable collections(JsonNode collections) {
    TextTable table = new TextTable("COLLECTION", "KEY", "VALUE", "WRITER", "DOCUMENTS");
    for (JsonNode collection : collections) {
      table.row(
          collection.path("name").asText(),
          collection.path("keyType").asText(),
          collection.path("format").asText(),
          collection.path("writer").asText(),
          orDash(collection.path("count")));
    }
    return table;
  }

  private static TextTable sources(JsonNode sources) {
    TextTable table =
        new TextTable("SOURCE HERE", "TOPIC", "STATE", "PARTITIONS", "LAG", "READ", "DEAD LETTERS");
    for (JsonNode source : sources) {
      String detail = source.path("detail").asText();
      table.row(
          source.path("name").asText(),
          source.path("topic").asText(),
          source.path("state").asText() + (detail.isEmpty() ? "" : ": " + detail),
          orDash(join(source.path("partitions"))),
          orDash(source.path("lag")),
          source.path("records").asText(),
          source.path("deadLetters").asText());
    }
    return table;
  }

  private static JsonNode join(JsonNode numbers) {
    List<String> texts = new ArrayList<>();
    numbers.forEach(number -> texts.add(number.asText()));
    return JsonNodeFactory.instance.textNode(String.join(" ", texts));
  }

  private static String orDash(JsonNode value) {
    String text = value.isNull() || value.isMissingNode() ? "" : value.asText();
    return text.isEmpty() ? "-" : text;
  }

  private static String size(JsonNode bytes) {
    if (!bytes.isNumber()) {
      return "-";
    }
    return String.format(Locale.ROOT, "%.1f MiB", bytes.asLong() / 1048576.0);
  }
}
