package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.ExitCode;
import dev.weir.cli.TextTable;
import dev.weir.client.WeirClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists records of sources that could not be taken. */
@Command(
    name = "list",
    description = {
      "List records of sources that could not be taken, the oldest first:",
      "of which source, why, and where they came from (topic/partition/offset)."
    },
    mixinStandardHelpOptions = true)
public final class DeadLettersListCommand implements Callable<Integer> {

  @Mixin private Connection connection = new Connection();

  @Option(names = "--source", paramLabel = "<name>", description = "only of this source")
  private @Nullable String source;

  @Option(names = "--reason", paramLabel = "<reason>", description = "only for this reason")
  private @Nullable String reason;

  @Option(names = "--replayed", description = "also those that were sent again")
  private boolean replayed;

  @Option(names = "--after", paramLabel = "<id>", description = "only behind this one")
  private @Nullable Long after;

  @Option(
      names = "--limit",
      paramLabel = "<n>",
      description = "at most so many (default: ${DEFAULT-VALUE})",
      defaultValue = "100")
  private int limit;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    WeirClient client = connection.client();
    JsonNode page = client.deadLetters().list(parameters());
    TextTable table = new TextTable("ID", "AT", "SOURCE", "REASON", "FROM", "KEY", "DETAIL");
    for (JsonNode letter : page.path("letters")) {
      table.row(
          letter.path("id").asText() + (letter.path("replayed").asBoolean() ? " (replayed)" : ""),
          letter.path("at").asText(),
          letter.path("source").asText(),
          letter.path("reason").asText(),
          LetterText.origin(letter),
          LetterText.shortened(letter.path("key")),
          letter.path("detail").asText());
    }
    table.print(spec.commandLine().getOut());
    JsonNode next = page.path("next");
    if (next.isTextual()) {
      spec.commandLine().getErr().println("there are more: --after " + next.textValue());
    }
    return ExitCode.OK;
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("limit", Integer.toString(limit));
    parameters.put("replayed", Boolean.toString(replayed));
    if (source != null) {
      parameters.put("source", source);
    }
    if (reason != null) {
      parameters.put("reason", reason);
    }
    if (after != null) {
      parameters.put("after", after.toString());
    }
    return parameters;
  }
}
