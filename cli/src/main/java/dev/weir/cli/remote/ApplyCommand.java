package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.client.WeirClient;
import dev.weir.query.server.ConfigFile;
import dev.weir.query.server.WeirConfig;
import dev.weir.store.CatalogueJson;
import dev.weir.store.IndexDefinition;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Changes the definitions of a live application to those of a file. */
@Command(
    name = "apply",
    description = {
      "Give a live application the collections, edge types and sources of a weir.yaml.",
      "All or nothing; the other settings of the file are not looked at."
    },
    mixinStandardHelpOptions = true)
public final class ApplyCommand implements Callable<Integer> {

  @Mixin private Connection connection = new Connection();

  @Option(
      names = {"-c", "--config"},
      paramLabel = "<file>",
      description = "the file (default: ${DEFAULT-VALUE})",
      defaultValue = "weir.yaml")
  private Path file = Path.of("weir.yaml");

  @Option(names = "--dry-run", description = "only say what would change")
  private boolean dryRun;

  @Option(
      names = "--prune",
      description =
          "also drop collections and edge types, with their documents, sources and indexes not in"
              + " the file")
  private boolean prune;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    WeirConfig.Definitions definitions = ConfigFile.definitions(file);
    WeirClient client = connection.client();
    ObjectNode changes = JsonNodeFactory.instance.objectNode();
    ArrayNode collections = changes.putArray("collections");
    ArrayNode edges = changes.putArray("edges");
    definitions
        .collections()
        .forEach(
            c ->
                (c.edge() == null ? collections : edges)
                    .add(CatalogueJson.toJson(c, definitions.indexes(c.name()))));
    ArrayNode sources = changes.putArray("sources");
    definitions.sources().forEach(s -> sources.add(CatalogueJson.toJson(s)));
    if (prune) {
      JsonNode present = client.definitions();
      drop(changes.putArray("dropSources"), present.path("sources"), sources);
      ArrayNode dropped = changes.putArray("dropCollections");
      drop(dropped, present.path("collections"), collections);
      drop(dropped, present.path("edges"), edges);
      ArrayNode indexes = changes.putArray("dropIndexes");
      dropIndexes(indexes, present.path("collections"), definitions);
      dropIndexes(indexes, present.path("edges"), definitions);
    }
    changes.put("dryRun", dryRun);
    JsonNode answer = client.apply(changes);
    print(answer);
    if (!dryRun && !answer.path("applied").asBoolean() && !answer.path("changes").isEmpty()) {
      throw new CommandException(
          "decided, but not every shard has it yet: 'weir status' tells when it is there");
    }
    return ExitCode.OK;
  }

  private static void drop(ArrayNode drops, JsonNode present, ArrayNode wanted) {
    List<String> names = new ArrayList<>();
    wanted.forEach(definition -> names.add(definition.path("name").asText()));
    for (JsonNode definition : present) {
      String name = definition.path("name").asText();
      if (!names.contains(name)) {
        drops.add(name);
      }
    }
  }

  /** Those of collections that stay; with the others, their indexes go. */
  private static void dropIndexes(
      ArrayNode drops, JsonNode present, WeirConfig.Definitions definitions) {
    for (JsonNode collection : present) {
      String name = collection.path("name").asText();
      if (definitions.collections().stream().noneMatch(c -> c.name().equals(name))) {
        continue;
      }
      List<String> wanted = definitions.indexes(name).stream().map(IndexDefinition::name).toList();
      for (JsonNode index : collection.path("indexes")) {
        if (!wanted.contains(index.path("name").asText())) {
          drops.add(name + "." + index.path("name").asText());
        }
      }
    }
  }

  private void print(JsonNode answer) {
    PrintWriter out = spec.commandLine().getOut();
    for (JsonNode change : answer.path("changes")) {
      out.println((dryRun ? "would " : "") + change.asText());
    }
    if (answer.path("changes").isEmpty()) {
      out.println("nothing to change");
    }
    out.println("revision " + answer.path("revision").asInt());
  }
}
