package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.cli.TextTable;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares both ends of all edges of a live database. */
@Command(
    name = "check",
    description = {
      "Prove that the shards of both ends of every edge hold the same, and that all degrees",
      "are right, while the database is in use. What differs is named by its key."
    },
    mixinStandardHelpOptions = true)
public final class GraphCheckCommand implements Callable<Integer> {

  @Mixin private Connection connection = new Connection();

  @Parameters(arity = "0..1", paramLabel = "EDGES", description = "the only edge type to check")
  private String edges = "";

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description = "how long a difference must last to count; ${DEFAULT-VALUE} if not given")
  private int patience = 5;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    JsonNode check = connection.client().checkGraph(edges, patience);
    PrintWriter out = spec.commandLine().getOut();
    TextTable table = new TextTable("EDGES", "COUNTED", "DIFFERENCES", "WRONG DEGREES");
    for (JsonNode type : check.path("edges")) {
      table.row(
          type.path("name").asText(),
          type.path("counted").asText(),
          Integer.toString(type.path("differences").size()),
          Integer.toString(type.path("miscounts").size()));
    }
    table.print(out);
    for (JsonNode type : check.path("edges")) {
      String name = type.path("name").asText();
      for (JsonNode each : type.path("differences")) {
        out.println(name + " " + each.path("edge").asText() + ": " + each.path("what").asText());
      }
      for (JsonNode each : type.path("miscounts")) {
        out.println(
            name
                + " "
                + each.path("side").asText()
                + " of "
                + each.path("vertex").asText()
                + ": the degree is "
                + each.path("degree").asText()
                + ", the edges are "
                + each.path("edges").asText());
      }
    }
    out.flush();
    if (!check.path("sound").asBoolean()) {
      throw new CommandException("the ends of some edges do not agree: see above");
    }
    return ExitCode.OK;
  }
}
