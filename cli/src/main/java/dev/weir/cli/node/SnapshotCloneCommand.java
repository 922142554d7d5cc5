package dev.weir.cli.node;

import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.query.server.WeirConfig;
import dev.weir.store.rebase.CloneResult;
import dev.weir.store.rebase.CloneTarget;
import dev.weir.store.rebase.Cloning;
import dev.weir.store.snapshot.ObjectStore;
import dev.weir.store.snapshot.ObjectStores;
import dev.weir.store.snapshot.SnapshotRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a new application out of the snapshots of another one. */
@Command(
    name = "clone",
    description = {
      "Make a new application out of the snapshots of another one, which may go on meanwhile.",
      "The configuration is the new application's; its nodes must not run yet. They find their"
          + " state in its repository, and begin a log of the next generation.",
      "Needs room for two copies of one shard in the directory for temporary files."
    },
    mixinStandardHelpOptions = true)
public final class SnapshotCloneCommand implements Callable<Integer> {

  @Mixin private ConfigFileOptions config = new ConfigFileOptions();

  @Option(
      names = "--from",
      paramLabel = "<place>",
      description = "repository of the other application (default: the configured one)")
  private String from = "";

  @Option(
      names = "--from-application",
      paramLabel = "<name>",
      description = "name of the other application (default: the configured one)")
  private String application = "";

  @Option(
      names = "--log",
      paramLabel = "<id>",
      description = "Kafka's id of its log (default: that of the newest generation)")
  private String log = "";

  @Option(
      names = "--at",
      paramLabel = "<time>",
      description =
          "as it was then: of each shard the newest snapshot up to this time, such as"
              + " 2026-11-21T10:00:00Z (default: the newest)")
  private @Nullable Instant at;

  @Option(
      names = "--work",
      paramLabel = "<directory>",
      description = "where one shard at a time is kept (default: for temporary files)")
  private @Nullable Path work;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    WeirConfig target = config.read();
    try (ObjectStore to = RepositoryOptions.open(target);
        ObjectStore source = from.isEmpty() ? RepositoryOptions.open(target) : open(from)) {
      SnapshotRepository snapshots =
          RepositoryOptions.repository(
              source, application.isEmpty() ? target.application() : application, log);
      Path directory =
          work == null ? Files.createTempDirectory("weir-clone") : work.resolve("weir-clone");
      CloneTarget clone =
          new CloneTarget(
              target.application(),
              target.storage().shards(),
              target.kafkaClient(),
              target.storage().topicReplication(),
              to);
      CloneResult result =
          new Cloning(snapshots, clone, directory, Clock.systemUTC())
              .run(Optional.ofNullable(at), this::tell);
      if (result instanceof CloneResult.Refused refused) {
        throw new CommandException(refused.reason());
      }
      spec.commandLine()
          .getOut()
          .printf(
              "application %s can be started: generation %d, log %s%n",
              target.application(),
              ((CloneResult.Cloned) result).log().generation(),
              ((CloneResult.Cloned) result).log().logId());
      return ExitCode.OK;
    }
  }

  private static ObjectStore open(String place) {
    try {
      return ObjectStores.open(place);
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private void tell(CloneResult.Shard shard) {
    spec.commandLine()
        .getOut()
        .printf(
            "shard %d: %s, %d documents of other shards dropped, %d to be sent to them%n",
            shard.from().shard(), shard.from().id(), shard.dropped(), shard.sent());
  }
}
