package dev.weir.cli.node;

import dev.weir.cli.CommandException;
import dev.weir.query.server.WeirConfig;
import dev.weir.store.Position;
import dev.weir.store.snapshot.ManifestText.Reading;
import dev.weir.store.snapshot.ObjectStore;
import dev.weir.store.snapshot.Snapshot;
import dev.weir.store.snapshot.SnapshotRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which snapshots in which repository a command is about. */
final class RepositoryOptions {

  @Mixin private ConfigFileOptions config = new ConfigFileOptions();

  @Option(
      names = "--log",
      paramLabel = "<id>",
      description = "Kafka's id of the log, if the repository has snapshots of more than one")
  private String log = "";

  @Option(
      names = "--shard",
      paramLabel = "<number>",
      description = "only these shards (default: all)",
      split = ",")
  private List<Integer> shards = new ArrayList<>();

  WeirConfig config() {
    return config.read();
  }

  static ObjectStore open(WeirConfig config) {
    try {
      return config.snapshots().open();
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The snapshots of the log that is meant. */
  SnapshotRepository repository(WeirConfig config, ObjectStore store) throws IOException {
    List<Position> logs = SnapshotRepository.logs(store, config.application());
    List<Position> meant =
        log.isEmpty()
            ? logs
            : logs.stream().filter(l -> l.logId().equals(Uuid.fromString(log))).toList();
    if (meant.size() == 1) {
      return new SnapshotRepository(store, config.application(), meant.get(0));
    }
    throw new CommandException(
        logs.isEmpty()
            ? "there are no snapshots of '" + config.application() + "' in " + store.place()
            : "there are snapshots of the logs "
                + logs.stream().map(l -> l.logId().toString()).toList()
                + ": choose one with --log");
  }

  /** The shards that are meant, ascending. */
  List<Integer> shards(WeirConfig config) {
    return shards.isEmpty()
        ? IntStream.range(0, config.storage().shards()).boxed().toList()
        : List.copyOf(new TreeSet<>(shards));
  }

  /** A snapshot by its id, or the newest. */
  static Optional<Snapshot> find(SnapshotRepository repository, int shard, String id)
      throws IOException {
    return repository.list(shard).stream()
        .filter(s -> id.isEmpty() || s.id().equals(id))
        .findFirst();
  }

  static String reason(Reading reading) {
    return reading instanceof Reading.Refused refused ? refused.reason() : "";
  }
}
