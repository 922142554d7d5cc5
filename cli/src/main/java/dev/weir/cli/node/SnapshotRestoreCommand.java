package dev.weir.cli.node;

import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.query.server.WeirConfig;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.node.NodeStartException;
import dev.weir.store.node.Restore;
import dev.weir.store.snapshot.ManifestText.Reading;
import dev.weir.store.snapshot.ObjectStore;
import dev.weir.store.snapshot.Snapshot;
import dev.weir.store.snapshot.SnapshotRepository;
import dev.weir.store.snapshot.Transfer;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings snapshots into the state directory of a node that is stopped. */
@Command(
    name = "restore",
    description = {
      "Bring snapshots into this node's state directory; the node must be stopped.",
      "When it starts it compares them with the log and goes on behind their positions."
    },
    mixinStandardHelpOptions = true)
public final class SnapshotRestoreCommand implements Callable<Integer> {

  @Mixin private RepositoryOptions options = new RepositoryOptions();

  @Mixin private SnapshotChoice choice = new SnapshotChoice();

  @Option(
      names = "--replace",
      description = "also shards that the node holds state of; it is deleted")
  private boolean replace;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    WeirConfig config = options.config();
    String node = config.node().id();
    try (ObjectStore store = RepositoryOptions.open(config)) {
      SnapshotRepository repository = options.repository(config, store);
      TopicPlan topics =
          new TopicPlan(
              config.application(), repository.log().generation(), config.storage().shards());
      try (Restore restore =
          Restore.into(
              config.storage().stateDirectory(),
              topics,
              node.isEmpty() ? Optional.empty() : Optional.of(node))) {
        restore(config, repository, restore);
      }
      return ExitCode.OK;
    } catch (NodeStartException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private void restore(WeirConfig config, SnapshotRepository repository, Restore restore)
      throws IOException, InterruptedException {
    for (int shard : options.shards(config)) {
      if (restore.holds(shard) && !replace) {
        throw new CommandException(
            "the node holds state of shard "
                + shard
                + " already: choose other shards with --shard, or --replace it");
      }
    }
    for (int shard : options.shards(config)) {
      restore(repository, restore, shard);
    }
  }

  private void restore(SnapshotRepository repository, Restore restore, int shard)
      throws IOException, InterruptedException {
    Snapshot snapshot =
        choice
            .of(repository, shard)
            .orElseThrow(() -> new CommandException("shard " + shard + ": " + choice.missing()));
    Reading reading = repository.manifest(snapshot);
    if (reading instanceof Reading.Read read) {
      Transfer.Result result = restore.run(repository.source(read.manifest()), new Transfer());
      if (result instanceof Transfer.Result.Arrived arrived) {
        spec.commandLine()
            .getOut()
            .printf(
                "shard %d: %s restored to %s, position %d%n",
                shard, snapshot.id(), arrived.directory(), snapshot.offset());
        return;
      }
      throw new CommandException(
          "shard "
              + shard
              + ": "
              + (result instanceof Transfer.Result.Broken broken
                  ? broken.reason()
                  : ((Transfer.Result.Unusable) result).reason()));
    }
    throw new CommandException("shard " + shard + ": " + RepositoryOptions.reason(reading));
  }
}
