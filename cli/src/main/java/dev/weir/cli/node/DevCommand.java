package dev.weir.cli.node;

import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.cli.Stdin;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.server.UserDirectories;
import dev.weir.query.server.Weir;
import dev.weir.query.server.WeirConfig;
import dev.weir.store.SourceDefinition;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a node with a Kafka broker of its own. */
@Command(
    name = "dev",
    description = {
      "Run one node with an embedded Kafka broker, for development.",
      "Missing source topics are created; data is kept between runs."
    },
    mixinStandardHelpOptions = true)
public final class DevCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String BOOTSTRAP = "kafka.bootstrap.servers";

  @Mixin private ConfigFileOptions options = new ConfigFileOptions();

  @Option(
      names = "--data-dir",
      paramLabel = "<dir>",
      description = "where all data is kept (default: weir/dev in the user's state directory)")
  private @Nullable Path directory;

  @Option(
      names = "--kafka-port",
      paramLabel = "<port>",
      description = "the broker's port; 0 = any free one (default: ${DEFAULT-VALUE})",
      defaultValue = "9092")
  private int kafkaPort;

  @Option(
      names = "--once",
      hidden = true,
      description =
          "end as soon as the node is ready and a second one has its state from it: the classes"
              + " that a start takes are known then")
  private boolean once;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    // Read once before anything starts: a faulty file should cost no broker.
    WeirConfig first = options.read(Map.of(BOOTSTRAP, "127.0.0.1:1", "replicas", "1"));
    Path data =
        (directory == null ? UserDirectories.state().resolve("dev") : directory)
            .resolve(first.application());
    PrintWriter out = spec.commandLine().getOut();
    EmbeddedKafka kafka =
        EmbeddedKafka.start(Options.in(data.resolve("kafka")).withPort(kafkaPort));
    try {
      WeirConfig config = options.read(settings(kafka, data, "state"));
      createSourceTopics(config);
      Weir weir = Weir.start(config);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(weir, kafka), "weir-close"));
      out.println("Kafka broker at " + kafka.bootstrapServers() + ", data in " + data);
      out.println("READY " + weir.url());
      if (once) {
        weir.awaitReady(PATIENCE);
        fetchEverything(options.read(settings(kafka, data, "second")));
        return ExitCode.OK;
      }
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
    Stdin.awaitSignal();
    return ExitCode.OK;
  }

  private Map<String, String> settings(EmbeddedKafka kafka, Path data, String state) {
    Map<String, String> settings = new TreeMap<>();
    settings.put(BOOTSTRAP, kafka.bootstrapServers());
    settings.put("replicas", once ? "2" : "1");
    settings.put("stateDirectory", data.resolve(state).toAbsolutePath().toString());
    if (once) {
      settings.put("bootstrap.aboveRecords", "1");
    }
    return settings;
  }

  private static void fetchEverything(WeirConfig config) {
    try (Weir second = Weir.start(config)) {
      second.awaitReady(PATIENCE);
    }
  }

  private static void end(Weir weir, EmbeddedKafka kafka) {
    weir.close();
    kafka.close();
  }

  private static void createSourceTopics(WeirConfig config) throws InterruptedException {
    try (Admin admin = Admin.create(config.kafkaClient())) {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> missing =
          config.definitions().sources().stream()
              .map(SourceDefinition::topic)
              .distinct()
              .filter(topic -> !existing.contains(topic))
              .map(topic -> new NewTopic(topic, Optional.of(1), Optional.empty()))
              .toList();
      admin.createTopics(missing).all().get();
    } catch (ExecutionException e) {
      throw new CommandException("the source topics cannot be created: " + e.getMessage(), e);
    }
  }
}
