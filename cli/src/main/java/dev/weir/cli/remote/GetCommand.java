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
import picocli.CommandLine.Spec;

/** Prints one document. */
@Command(
    name = "get",
    description = "Print the document under a key; exit code 1 if there is none.",
    mixinStandardHelpOptions = true)
public final class GetCommand implements Callable<Integer> {

  @Mixin private Connection connection = new Connection();

  @Mixin private Freshness freshness = new Freshness();

  @Mixin private DocumentName name = new DocumentName();

  @Option(names = "--meta", description = "print version, time and serving node around it as JSON")
  private boolean meta;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    StoredDocument document =
        freshness
            .of(connection.client())
            .get(name.collection(), name.key())
            .orElseThrow(
                () ->
                    new CommandException(
                        "there is no document under '"
                            + name.key()
                            + "' in '"
                            + name.collection()
                            + "'"));
    spec.commandLine().getOut().println(meta ? withMeta(document) : document.text());
    return ExitCode.OK;
  }

  private ObjectNode withMeta(StoredDocument document) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("key", name.key());
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
