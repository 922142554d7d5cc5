package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.cli.TextTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Frees the beginning of the log. */
@Command(
    name = "truncate",
    description = {
      "Delete the records from the log that are in a sound snapshot and in every replica,",
      "but for truncation.margin of them. Source topics are never touched."
    },
    mixinStandardHelpOptions = true)
public final class TruncateCommand implements Callable<Integer> {

  @Mixin private Connection connection = new Connection();

  @Option(names = "--dry-run", description = "only say what could go")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    JsonNode cut = connection.client().truncateLog(dryRun);
    if (cut.path("repository").asText().isEmpty()) {
      throw new CommandException(
          "the node has no repository, and without snapshots nothing may go: set"
              + " snapshots.repository in its configuration");
    }
    if (!cut.path("failure").asText().isEmpty()) {
      throw new CommandException("nothing was done: " + cut.path("failure").asText());
    }
    TextTable table = new TextTable("SHARD", "LOG BYTES", "FROM", "BEFORE", "RECORDS", "");
    boolean failed = false;
    for (JsonNode shard : cut.path("shards")) {
      boolean wanted = shard.path("records").asLong() > 0;
      failed |= wanted && !dryRun && !shard.path("done").asBoolean();
      table.row(
          shard.path("shard").asText(),
          shard.path("bytes").asText("-"),
          wanted ? shard.path("from").asText() : "-",
          wanted ? shard.path("before").asText() : "-",
          shard.path("records").asText(),
          shard.path("done").asBoolean() ? "deleted" : shard.path("detail").asText());
    }
    table.print(spec.commandLine().getOut());
    if (failed) {
      throw new CommandException("Kafka did not delete everything that can go: see the table");
    }
    return ExitCode.OK;
  }
}
