package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.client.WeirClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends records that could not be taken again to where they came from. */
@Command(
    name = "replay",
    description = {
      "Send records again to the topics they came from, as they were or, one, corrected.",
      "They come behind what was written since: newer documents of their keys are replaced."
    },
    mixinStandardHelpOptions = true)
public final class DeadLettersReplayCommand implements Callable<Integer> {

  @Mixin private Connection connection = new Connection();

  @Parameters(arity = "1..*", paramLabel = "<id>", description = "as 'list' shows them")
  private List<Long> ids = new ArrayList<>();

  @Option(names = "--key", paramLabel = "<text>", description = "instead of the record's key")
  private @Nullable String key;

  @Option(names = "--value", paramLabel = "<text>", description = "instead of the record's value")
  private @Nullable String value;

  @Option(
      names = "--value-file",
      paramLabel = "<file>",
      description = "the same, whatever bytes are in the file")
  private @Nullable Path file;

  @Option(names = "--tombstone", description = "no value at all: a delete")
  private boolean tombstone;

  @Option(names = "--again", description = "also what was sent again before")
  private boolean again;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ObjectNode correction = correction();
    WeirClient client = connection.client();
    PrintWriter out = spec.commandLine().getOut();
    for (long id : ids) {
      JsonNode sent = client.deadLetters().replay(id, correction);
      out.println(
          id
              + " is at "
              + sent.path("topic").asText()
              + "/"
              + sent.path("partition").asText()
              + "/"
              + sent.path("offset").asText());
    }
    out.flush();
    return ExitCode.OK;
  }

  private ObjectNode correction() {
    ObjectNode correction = JsonNodeFactory.instance.objectNode().put("again", again);
    if (key != null) {
      correction.putObject("key").put("text", key);
    }
    int values = 0;
    if (value != null) {
      correction.putObject("value").put("text", value);
      values++;
    }
    if (file != null) {
      correction.putObject("value").put("base64", Base64.getEncoder().encodeToString(read(file)));
      values++;
    }
    if (tombstone) {
      correction.putNull("value");
      values++;
    }
    if (values > 1) {
      throw new ParameterException(
          spec.commandLine(), "give one of --value, --value-file and --tombstone");
    }
    if (ids.size() > 1 && (values > 0 || key != null)) {
      throw new ParameterException(spec.commandLine(), "correct one record at a time");
    }
    return correction;
  }

  private static byte[] read(Path from) {
    try {
      return Files.readAllBytes(from);
    } catch (IOException e) {
      throw new CommandException(from + " cannot be read: " + e, e);
    }
  }
}
