package dev.weir.cli.node;

import dev.weir.cli.CommandException;
import dev.weir.query.server.WeirConfig;
import dev.weir.store.Position;
import dev.weir.store.snapshot.ManifestText.Reading;
import dev.weir.store.snapshot.ObjectStore;
import dev.weir.store.snapshot.SnapshotRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which snapshots in which repository a command is about. */
final class RepositoryOptions {

  @Mixin private ConfigFileOptions config = new ConfigFileOptions();

  @Option(
      names = "--log",
      paramLabel = "<id>",
      description = "Kafka's id of the log (default: that of the newest generation)")
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
    return repository(store, config.application(), log);
  }

  /**
   * The snapshots of a log of an application.
   *
   * @param log Kafka's id of it; empty = that of the highest generation, if there is only one
   */
  static SnapshotRepository repository(ObjectStore store, String application, String log)
      throws IOException {
    List<Position> logs = SnapshotRepository.logs(store, application);
    int newest = logs.stream().mapToInt(Position::generation).max().orElse(0);
    List<Position> meant =
        logs.stream()
            .filter(
                found ->
                    log.isEmpty()
                        ? found.generation() == newest
                        : found.logId().toString().equals(log))
            .toList();
    if (meant.size() == 1) {
      return new SnapshotRepository(store, application, meant.get(0));
    }
    throw new CommandException(
        logs.isEmpty()
            ? "there are no snapshots of '" + application + "' in " + store.place()
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

  static String reason(Reading reading) {
    return reading instanceof Reading.Refused refused ? refused.reason() : "";
  }
}
