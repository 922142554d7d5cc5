package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a record that could not be taken. */
@Command(
    name = "show",
    description = "Show a record that could not be taken: its key, headers and value.",
    mixinStandardHelpOptions = true)
public final class DeadLettersShowCommand implements Callable<Integer> {

  @Mixin private Connection connection = new Connection();

  @Parameters(index = "0", paramLabel = "<id>", description = "as 'list' shows it")
  private long id;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    JsonNode letter = connection.client().deadLetters().show(id);
    PrintWriter out = spec.commandLine().getOut();
    out.println("source:  " + letter.path("source").asText());
    out.println(
        "reason:  " + letter.path("reason").asText() + ": " + letter.path("detail").asText());
    out.println("from:    " + LetterText.origin(letter));
    out.println("at:      " + letter.path("at").asText());
    if (letter.path("replayed").asBoolean()) {
      out.println("it was sent again");
    }
    if (!letter.path("omitted").isEmpty()) {
      out.println("omitted: " + letter.path("omitted"));
    }
    for (JsonNode header : letter.path("headers")) {
      out.println(
          "header:  " + header.path("name").asText() + ": " + LetterText.of(header.path("value")));
    }
    out.println("key:     " + LetterText.of(letter.path("key")));
    out.println("value:");
    out.println(LetterText.of(letter.path("value")));
    out.flush();
    return ExitCode.OK;
  }
}
