package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.ExitCode;
import dev.weir.cli.Output;
import dev.weir.cli.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where copies of shards stand. */
@Command(
    name = "placement",
    description = "Explain where the copies of shards stand.",
    subcommands = PlacementCommand.Explain.class,
    mixinStandardHelpOptions = true)
public final class PlacementCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to do: 'placement explain'");
  }

  /** Says of every shard, or of one, where its copies stand, why, and what to do. */
  @Command(
      name = "explain",
      description = {
        "Say where the copies of every shard stand, why, and what is wrong and can be done.",
        "With the number of a shard, only that one."
      },
      mixinStandardHelpOptions = true)
  static final class Explain implements Callable<Integer> {

    @Mixin private Connection connection = new Connection();

    @Parameters(arity = "0..1", paramLabel = "<shard>", description = "number of a shard")
    private List<Integer> only = new ArrayList<>();

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      JsonNode placement = connection.client().placement();
      PrintWriter out = spec.commandLine().getOut();
      if (output.isJson()) {
        out.println(placement);
        return ExitCode.OK;
      }
      out.printf(
          "%d copies of each shard in different %ss, %s; %d shards lack copies, %d have some side"
              + " by side%n%n",
          placement.path("replicas").asInt(),
          placement.path("separate").asText(),
          placement.path("placement").asText(),
          placement.path("underReplicated").asInt(),
          placement.path("misplaced").asInt());
      nodes(placement.path("nodes")).print(out);
      out.println();
      shards(placement.path("shards")).print(out);
      reasons(placement.path("shards"), out);
      return ExitCode.OK;
    }

    private static TextTable nodes(JsonNode nodes) {
      TextTable table = new TextTable("NODE", "RACK", "ACTIVE FOR", "COPIES");
      for (JsonNode node : nodes) {
        table.row(
            node.path("node").asText(),
            rack(node),
            node.path("actives").asText(),
            node.path("copies").asText());
      }
      return table;
    }

    private TextTable shards(JsonNode shards) {
      TextTable table = new TextTable("SHARD", "STATE", "ACTIVE", "STANDBYS");
      for (JsonNode shard : shards) {
        if (wanted(shard)) {
          List<String> standbys = new ArrayList<>();
          String active = "-";
          for (JsonNode copy : shard.path("copies")) {
            String text = copy.path("node").asText() + " (" + rack(copy) + ")";
            if (copy.path("role").asText().equals("active")) {
              active = text;
            } else {
              standbys.add(text);
            }
          }
          table.row(
              shard.path("shard").asText(),
              shard.path("state").asText(),
              active,
              standbys.isEmpty() ? "-" : String.join(", ", standbys));
        }
      }
      return table;
    }

    /** Shards that have the same reason are named together. */
    private void reasons(JsonNode shards, PrintWriter out) {
      Map<String, List<String>> byReason = new LinkedHashMap<>();
      for (JsonNode shard : shards) {
        if (wanted(shard)) {
          String advice = shard.path("advice").asText();
          String reason = shard.path("why").asText() + (advice.isEmpty() ? "" : "\n  " + advice);
          byReason
              .computeIfAbsent(reason, r -> new ArrayList<>())
              .add(shard.path("shard").asText());
        }
      }
      byReason.forEach(
          (reason, named) ->
              out.printf(
                  "%n%s %s:%n  %s%n",
                  named.size() == 1 ? "shard" : "shards", String.join(" ", named), reason));
    }

    private boolean wanted(JsonNode shard) {
      return only.isEmpty() || only.contains(shard.path("shard").asInt());
    }

    private static String rack(JsonNode of) {
      String rack = of.path("rack").asText();
      return rack.isEmpty() ? "no rack" : rack;
    }
  }
}
