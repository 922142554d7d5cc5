package dev.weir.cli.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.ExitCode;
import dev.weir.cli.OutputFormat;
import dev.weir.query.server.WeirConfig;
import dev.weir.store.SourceDefinition;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.log.TopicSpec;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the topics an application needs, for somebody who may create them. */
@Command(
    name = "topics",
    description = {
      "Print the commands that create the topics Weir needs, for somebody else to run.",
      "A node creates missing topics itself if Kafka lets it."
    },
    mixinStandardHelpOptions = true)
public final class TopicsCommand implements Callable<Integer> {

  private static final int GENERATION = 0;
  private static final int USUAL_REPLICATION = 3;

  @Mixin private ConfigFileOptions options = new ConfigFileOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      description = "commands, or JSON for programs (default: ${DEFAULT-VALUE})",
      defaultValue = "table")
  private OutputFormat output = OutputFormat.TABLE;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    WeirConfig config = options.read();
    TopicPlan plan = new TopicPlan(config.application(), GENERATION, config.storage().shards());
    int replication = config.storage().topicReplication().orElse(USUAL_REPLICATION);
    List<SourceDefinition> sources = config.definitions().sources();
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.JSON) {
      out.println(json(plan, replication, sources));
    } else {
      commands(plan, replication, config, out);
    }
    return ExitCode.OK;
  }

  private static void commands(
      TopicPlan plan, int replication, WeirConfig config, PrintWriter out) {
    String servers = config.kafka().getOrDefault("bootstrap.servers", "");
    for (TopicSpec topic : plan.topics(replication)) {
      out.println("# " + topic.purpose());
      out.println(topic.createCommand(servers));
      out.println();
    }
    out.println("# Consumer groups: " + plan.streamsApplicationId());
    for (SourceDefinition source : config.definitions().sources()) {
      out.printf(
          "# Source %s reads topic %s, which must exist, as group %s%n",
          source.name(), source.topic(), plan.ingestGroup(source.name()));
    }
  }

  private static ObjectNode json(TopicPlan plan, int replication, List<SourceDefinition> sources) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode topics = json.putArray("topics");
    for (TopicSpec topic : plan.topics(replication)) {
      ObjectNode entry = topics.addObject();
      entry.put("name", topic.name()).put("purpose", topic.purpose());
      entry.put("partitions", topic.partitions()).put("replication", topic.replication());
      ObjectNode settings = entry.putObject("settings");
      topic.settings().forEach(s -> settings.put(s.name(), s.value()));
    }
    ArrayNode groups = json.putArray("groups").add(plan.streamsApplicationId());
    ArrayNode read = json.putArray("reads");
    for (SourceDefinition source : sources) {
      groups.add(plan.ingestGroup(source.name()));
      read.add(source.topic());
    }
    return json;
  }
}
