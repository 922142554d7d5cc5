package dev.weir.cli.node;

import dev.weir.cli.ExitCode;
import dev.weir.cli.TextTable;
import dev.weir.query.server.WeirConfig;
import dev.weir.store.snapshot.ManifestText.Reading;
import dev.weir.store.snapshot.ObjectStore;
import dev.weir.store.snapshot.Snapshot;
import dev.weir.store.snapshot.SnapshotRepository;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the snapshots of a repository. */
@Command(
    name = "list",
    description = "List the snapshots in the repository, newest first; needs no running node.",
    mixinStandardHelpOptions = true)
public final class SnapshotListCommand implements Callable<Integer> {

  @Mixin private RepositoryOptions options = new RepositoryOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    WeirConfig config = options.config();
    try (ObjectStore store = RepositoryOptions.open(config)) {
      SnapshotRepository repository = options.repository(config, store);
      Instant now = Instant.now();
      TextTable table = new TextTable("SHARD", "SNAPSHOT", "POSITION", "AGE", "FILES", "SIZE");
      for (int shard : options.shards(config)) {
        for (Snapshot snapshot : repository.list(shard)) {
          Reading reading = repository.manifest(snapshot);
          boolean sound = reading instanceof Reading.Read;
          table.row(
              shard,
              snapshot.id(),
              snapshot.offset(),
              age(Duration.between(snapshot.created(), now)),
              sound ? ((Reading.Read) reading).manifest().files().size() : "-",
              sound
                  ? size(((Reading.Read) reading).manifest().size())
                  : RepositoryOptions.reason(reading));
        }
      }
      spec.commandLine().getOut().println(repository.place());
      table.print(spec.commandLine().getOut());
      return ExitCode.OK;
    }
  }

  private static String age(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + "d " + age.toHoursPart() + "h";
    }
    return age.toHours() > 0
        ? age.toHours() + "h " + age.toMinutesPart() + "m"
        : age.toMinutes() + "m " + Math.max(0, age.toSecondsPart()) + "s";
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
  }
}
