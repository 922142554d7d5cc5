package dev.weir.cli.node;

import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.query.server.WeirConfig;
import dev.weir.store.node.NodeStartException;
import dev.weir.store.node.Salvage;
import dev.weir.store.snapshot.ObjectStore;
import dev.weir.store.snapshot.ObjectStores;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stores what a stopped node has in its state directory. */
@Command(
    name = "save",
    description = {
      "Store the states in this node's state directory as snapshots; the node must be stopped.",
      "For when the log is lost: they are further than the snapshots. Do it on every node, then"
          + " 'weir snapshot clone'."
    },
    mixinStandardHelpOptions = true)
public final class SnapshotSaveCommand implements Callable<Integer> {

  @Mixin private ConfigFileOptions config = new ConfigFileOptions();

  @Option(
      names = "--to",
      paramLabel = "<place>",
      description =
          "another repository (default: the configured one, if Kafka has no log that contradicts"
              + " the states)")
  private String to = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    WeirConfig read = config.read();
    String node = read.node().id();
    try (ObjectStore store = to.isEmpty() ? RepositoryOptions.open(read) : open(to);
        Salvage salvage =
            Salvage.of(
                read.storage().stateDirectory(),
                read.application(),
                read.storage().shards(),
                node.isEmpty() ? Optional.empty() : Optional.of(node))) {
      if (salvage.states().isEmpty()) {
        throw new CommandException("there is no state in " + read.storage().stateDirectory());
      }
      if (to.isEmpty()) {
        refuse(salvage.objections(read.kafkaClient()));
      }
      save(salvage, store);
      return ExitCode.OK;
    } catch (NodeStartException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void refuse(List<String> objections) {
    if (!objections.isEmpty()) {
      throw new CommandException(
          String.join("; ", objections)
              + "; to store these states all the same, choose another repository with --to");
    }
  }

  private void save(Salvage salvage, ObjectStore store) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (int shard : new TreeSet<>(salvage.states().keySet())) {
      Salvage.Result result = salvage.save(shard, store, Clock.systemUTC());
      if (result instanceof Salvage.Result.Saved saved) {
        out.printf(
            "shard %d: %s stored, position %d, %d bytes%n",
            shard,
            saved.stored().snapshot().id(),
            saved.stored().snapshot().offset(),
            saved.stored().bytes());
      } else {
        out.printf(
            "shard %d: %s is as far already%n",
            shard, ((Salvage.Result.Known) result).snapshot().id());
      }
    }
  }

  private static ObjectStore open(String place) {
    try {
      return ObjectStores.open(place);
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }
}
