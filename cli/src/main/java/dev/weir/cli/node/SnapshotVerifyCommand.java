package dev.weir.cli.node;

import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.query.server.WeirConfig;
import dev.weir.store.snapshot.Download;
import dev.weir.store.snapshot.Manifest;
import dev.weir.store.snapshot.ManifestText.Reading;
import dev.weir.store.snapshot.ObjectStore;
import dev.weir.store.snapshot.Snapshot;
import dev.weir.store.snapshot.SnapshotRepository;
import dev.weir.store.snapshot.Throttle;
import dev.weir.store.snapshot.Transfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads snapshots back and checks every byte. */
@Command(
    name = "verify",
    description = {
      "Read the newest snapshot of every shard back, check every file's checksum, and open it.",
      "Needs room for one shard at a time, see --work."
    },
    mixinStandardHelpOptions = true)
public final class SnapshotVerifyCommand implements Callable<Integer> {

  @Mixin private RepositoryOptions options = new RepositoryOptions();

  @Mixin private SnapshotChoice choice = new SnapshotChoice();

  @Option(
      names = "--work",
      paramLabel = "<directory>",
      description = "where one shard at a time is kept (default: for temporary files)")
  private @Nullable Path work;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    WeirConfig config = options.config();
    List<String> faults = new ArrayList<>();
    try (ObjectStore store = RepositoryOptions.open(config)) {
      SnapshotRepository repository = options.repository(config, store);
      for (int shard : options.shards(config)) {
        String fault = verify(repository, shard);
        if (!fault.isEmpty()) {
          faults.add("shard " + shard + ": " + fault);
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new CommandException(String.join(System.lineSeparator() + "weir: ", faults));
    }
    return ExitCode.OK;
  }

  private String verify(SnapshotRepository repository, int shard)
      throws IOException, InterruptedException {
    Optional<Snapshot> chosen = choice.of(repository, shard);
    if (chosen.isEmpty()) {
      return choice.missing();
    }
    Snapshot snapshot = chosen.get();
    Reading reading = repository.manifest(snapshot);
    if (reading instanceof Reading.Refused refused) {
      return snapshot.id() + ": " + refused.reason();
    }
    Manifest manifest = ((Reading.Read) reading).manifest();
    Path directory =
        work == null
            ? Files.createTempDirectory("weir-verify")
            : Files.createTempDirectory(Files.createDirectories(work), "weir-verify");
    try {
      Transfer.Result result =
          new Download(directory, Runnable::run, Throttle.none(), new Transfer())
              .run(repository.source(manifest));
      if (result instanceof Transfer.Result.Broken broken) {
        return broken.reason();
      }
      if (result instanceof Transfer.Result.Unusable unusable) {
        return unusable.reason();
      }
      spec.commandLine()
          .getOut()
          .printf(
              "shard %d: %s is sound, %d files, %d bytes%n",
              shard, snapshot.id(), manifest.files().size(), manifest.size());
      return "";
    } finally {
      Download.discard(directory);
    }
  }
}
