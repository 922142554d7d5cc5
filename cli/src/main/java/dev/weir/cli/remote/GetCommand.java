package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.client.StoredDocument;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints one document. */
@Command(
    name = "get",
    description = "Print the document under a key; exit code 1 if there is none.",
    mixinStandardHelpOptions = true)
public final class GetCommand implements Callable<Integer> {

  @Mixin private Connection connection = new Connection();

  @Mixin private Freshness freshness = new Freshness();

  @Parameters(index = "0", paramLabel = "<collection>", description = "name of the collection")
  private String collection = "";

  @Parameters(
      index = "1",
      paramLabel = "<key>",
      description = "the key as text; a tuple as a JSON array, such as '[\"a\",1]'")
  private String key = "";

  @Option(names = "--meta", description = "print version, time and serving node around it as JSON")
  private boolean meta;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    StoredDocument document =
        freshness
            .of(connection.client())
            .get(collection, key)
            .orElseThrow(
                () ->
                    new CommandException(
                        "there is no document under '" + key + "' in '" + collection + "'"));
    spec.commandLine().getOut().println(meta ? withMeta(document) : document.text());
    return ExitCode.OK;
  }

  private ObjectNode withMeta(StoredDocument document) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("key", key);
    if (document.contentType().startsWith("application/json")) {
      json.set("document", document.json());
    } else {
      json.put("document", document.text());
    }
    return json.put("version", document.version())
        .put("timestamp", document.timestamp())
        .put("position", document.position())
        .put("servedBy", document.servedBy());
  }
}
